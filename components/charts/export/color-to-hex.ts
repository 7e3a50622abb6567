let painter: CanvasRenderingContext2D | null = null;

/** Any colour that the browser knows, mixed ones included, as `#rrggbb`, which every other program knows too. */
export function colorToHex(color: string): string {
  painter ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!painter) return color;
  painter.clearRect(0, 0, 1, 1);
  painter.fillStyle = color;
  painter.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = painter.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
