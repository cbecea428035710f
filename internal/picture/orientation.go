package picture

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation returns how a JPEG is to be turned: EXIF 2.32 section 4.6.4, tag 274, 1 to 8; 1 when it does not say.
func orientation(b []byte) int {
	if !bytes.HasPrefix(b, []byte{0xff, 0xd8}) {
		return 1
	}
	for b = b[2:]; len(b) >= 4 && b[0] == 0xff; {
		marker, length := b[1], int(binary.BigEndian.Uint16(b[2:]))
		if marker == 0xff { // fill
			b = b[1:]
			continue
		}
		if marker == 0xda || length < 2 || length+2 > len(b) {
			return 1
		}
		if tiff, found := bytes.CutPrefix(b[4:2+length], []byte("Exif\x00\x00")); found && marker == 0xe1 {
			return tiffOrientation(tiff)
		}
		b = b[2+length:]
	}
	return 1
}

// tiffOrientation looks at the first directory (TIFF 6.0 section 2).
func tiffOrientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if b[0] == 'I' {
		order = binary.LittleEndian
	}
	at := uint64(order.Uint32(b[4:]))
	if at+2 > uint64(len(b)) {
		return 1
	}
	entries := b[at+2:]
	for range order.Uint16(b[at:]) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == 274 {
			if v := int(order.Uint16(entries[8:])); order.Uint16(entries[2:]) == 3 && v >= 1 && v <= 8 {
				return v
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}

// turn returns m as it is to be seen.
func turn(m *image.NRGBA, orientation int) *image.NRGBA {
	if orientation <= 1 {
		return m
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	size := image.Pt(w, h)
	if orientation >= 5 {
		size = image.Pt(h, w)
	}
	out := image.NewNRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			var fx, fy int // where (x, y) comes from
			switch orientation {
			case 2:
				fx, fy = w-1-x, y
			case 3:
				fx, fy = w-1-x, h-1-y
			case 4:
				fx, fy = x, h-1-y
			case 5:
				fx, fy = y, x
			case 6:
				fx, fy = y, h-1-x
			case 7:
				fx, fy = w-1-y, h-1-x
			case 8:
				fx, fy = w-1-y, x
			}
			copy(out.Pix[out.PixOffset(x, y):][:4], m.Pix[m.PixOffset(fx, fy):][:4])
		}
	}
	return out
}
