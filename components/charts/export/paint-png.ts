const pixelsPerPixel = 2;

/** Paints a self-contained SVG at twice its size. Rejects when the browser cannot. */
export async function paintPng(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * pixelsPerPixel;
    canvas.height = image.naturalHeight * pixelsPerPixel;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("The browser painted no picture.");
    return blob;
  } finally {
    URL.revokeObjectURL(url);
  }
}
