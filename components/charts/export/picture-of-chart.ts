import { colorToHex } from "./color-to-hex.ts";

export type PictureTexts = { title: string; subtitle: string };

/** Everything of the page's style that a drawing can depend on. */
const keptProperties = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "font-size",
  "font-weight",
  "text-anchor",
] as const;

const droppedAttributes = ["class", "style", "role", "aria-label", "aria-hidden", "tabindex"];
const fontFamily = "Geist, 'Helvetica Neue', Helvetica, Arial, sans-serif";
const headerPixels = 56;

/**
 * A drawing of the page as an SVG file that needs nothing else: colours and type are written into it as they are on
 * screen, with a title above. Also works as the source of an image, for which browsers load no style and no font.
 */
export function pictureOfChart(chart: SVGSVGElement, { title, subtitle }: PictureTexts): SVGSVGElement {
  const { width, height } = chart.viewBox.baseVal;
  const picture = createElement("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height: height + headerPixels,
    viewBox: `0 0 ${width} ${height + headerPixels}`,
    "font-family": fontFamily,
  });
  const drawing = createElement("g", { transform: `translate(0 ${headerPixels})` });
  for (const child of chart.children) drawing.append(styledCopy(child));
  const color = (name: string) => colorToHex(getComputedStyle(chart).getPropertyValue(name));
  const header = { x: 16, "font-size": 15, fill: color("--ink") };
  picture.append(
    createElement("title", {}, `${title}. ${subtitle}`),
    createElement("rect", { width: "100%", height: "100%", fill: color("--panel") }),
    createElement("text", { ...header, y: 24, "font-weight": 600 }, title),
    createElement("text", { ...header, y: 43, "font-size": 12, fill: color("--muted") }, subtitle),
    drawing,
  );
  return picture;
}

/** The text of the file. */
export function writePicture(picture: SVGSVGElement): string {
  return new XMLSerializer().serializeToString(picture);
}

function styledCopy(element: Element): Element {
  // A shallow clone of an element is an element.
  const copy = element.cloneNode(false) as Element;
  const style = getComputedStyle(element);
  // The list changes while attributes are removed.
  for (const { name } of Array.from(copy.attributes)) {
    if (droppedAttributes.includes(name) || name.startsWith("data-")) copy.removeAttribute(name);
  }
  for (const property of keptProperties) {
    const value = style.getPropertyValue(property);
    if (!isInherited(element, property, value)) copy.setAttribute(property, written(property, value));
  }
  for (const child of element.childNodes) {
    copy.append(child.nodeType === Node.ELEMENT_NODE ? styledCopy(child as Element) : child.cloneNode());
  }
  return copy;
}

/** Leaves out what the copy has from its parent anyway; only opacity is not handed down. */
function isInherited(element: Element, property: string, value: string): boolean {
  if (property === "opacity") return value === "1";
  const parent = element.parentElement;
  return parent instanceof SVGElement && !(parent instanceof SVGSVGElement)
    ? getComputedStyle(parent).getPropertyValue(property) === value
    : false;
}

function written(property: string, value: string): string {
  const isColor =
    (property === "fill" || property === "stroke") && value !== "none" && !value.startsWith("url");
  return isColor ? colorToHex(value) : value;
}

function createElement<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | number>,
  text?: string,
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key !== "xmlns") element.setAttribute(key, String(value));
  }
  if (text !== undefined) element.textContent = text;
  return element;
}
