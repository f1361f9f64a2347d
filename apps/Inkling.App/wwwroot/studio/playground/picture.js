// The picture of the network: the edges, a map in every neuron, and what the network says over the plane with the points; as SVG and as PNG.
const byId = id => document.getElementById(id);
const margin = 24, mapSide = 320, font = 'system-ui, sans-serif';

/** What stands in the picture and where: edges, maps, words. */
function scene() {
  const root = byId('net'), columns = root.querySelector('.columns'), box = root.getBoundingClientRect();
  const place = element => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: margin + left - box.left + root.scrollLeft, y: margin + top - box.top, width, height };
  };
  const { color, backgroundColor } = getComputedStyle(root.closest('.card'));
  const edges = [...root.querySelectorAll('.edges path')].map(path => ({ d: path.getAttribute('d'), stroke: path.style.stroke, width: path.style.strokeWidth || '1', opacity: path.style.opacity || '1' }));
  const nodes = [...root.querySelectorAll('.node')].filter(node => node.getAttribute('aria-pressed') !== 'false');
  const images = nodes.map(node => ({ canvas: node.querySelector('canvas'), ...place(node.querySelector('canvas')) }));
  const words = nodes.filter(node => node.querySelector('span')).map(node => {
    const { x, y, width, height } = place(node.querySelector('span'));
    return { text: node.querySelector('span').textContent, x: x + width, y: y + height / 2, anchor: 'end', size: 13 };
  });
  const right = margin + columns.offsetWidth + margin, width = right + mapSide + margin, bottom = margin + mapSide + 24;
  images.push({ canvas: byId('map'), x: right, y: margin, width: mapSide, height: mapSide });
  words.push({ text: `Epoch ${byId('epoch').textContent}, training loss ${byId('training-loss').textContent}, test loss ${byId('test-loss').textContent}`, x: right, y: bottom, anchor: 'start', size: 13 });
  const height = Math.max(...images.map(image => image.y + image.height), bottom + 12) + margin;
  return { width: Math.ceil(width), height: Math.ceil(height), color, backgroundColor, edges, images, words };
}

const escape = text => text.replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
const round = value => Math.round(value * 100) / 100;

export function toSvg() {
  const { width, height, color, backgroundColor, edges, images, words } = scene();
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>A network of Inkling's playground</title>
<desc>${escape(location.href)}</desc>
<rect width="${width}" height="${height}" fill="${backgroundColor}"/>
<g transform="translate(${margin} ${margin})" fill="none" stroke-linecap="round">
${edges.map(edge => `<path d="${edge.d}" stroke="${edge.stroke}" stroke-width="${edge.width}" opacity="${edge.opacity}"/>`).join('\n')}
</g>
${images.map(({ canvas, ...at }) => `<image x="${round(at.x)}" y="${round(at.y)}" width="${round(at.width)}" height="${round(at.height)}" preserveAspectRatio="none" href="${canvas.toDataURL('image/png')}"/>`).join('\n')}
<g font-family="${font}" fill="${color}">
${words.map(word => `<text x="${round(word.x)}" y="${round(word.y)}" font-size="${word.size}" text-anchor="${word.anchor}" dominant-baseline="central">${escape(word.text)}</text>`).join('\n')}
</g>
</svg>
`;
}

export function toPng(scale = 2) {
  const { width, height, color, backgroundColor, edges, images, words } = scene();
  const canvas = Object.assign(document.createElement('canvas'), { width: width * scale, height: height * scale }), context = canvas.getContext('2d');
  context.scale(scale, scale);
  context.fillStyle = backgroundColor;
  context.fillRect(0, 0, width, height);
  context.save();
  context.translate(margin, margin);
  context.lineCap = 'round';
  for (const edge of edges) {
    context.globalAlpha = Number(edge.opacity);
    context.strokeStyle = edge.stroke;
    context.lineWidth = parseFloat(edge.width);
    context.stroke(new Path2D(edge.d));
  }
  context.restore();
  for (const image of images) context.drawImage(image.canvas, image.x, image.y, image.width, image.height);
  context.fillStyle = color;
  context.textBaseline = 'middle';
  for (const word of words) {
    context.font = `${word.size}px ${font}`;
    context.textAlign = word.anchor;
    context.fillText(word.text, word.x, word.y);
  }
  return new Promise(done => canvas.toBlob(done, 'image/png'));
}
