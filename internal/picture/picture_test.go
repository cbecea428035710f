package picture_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/picture"
)

var (
	red  = color.NRGBA{R: 255, A: 255}
	blue = color.NRGBA{B: 255, A: 255}
)

// flag is an image whose upper left quarter is red and whose rest is blue.
func flag(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, blue)
			if x < w/2 && y < h/2 {
				m.Set(x, y, red)
			}
		}
	}
	return m
}

func asJPEG(t testing.TB, m image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, m image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asGIF(t testing.TB, m image.Image) []byte {
	var b bytes.Buffer
	if err := gif.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// aWebP has 1 x 1 pixel, lossy.
var aWebP = func() []byte {
	b, err := base64.StdEncoding.DecodeString("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
	if err != nil {
		panic(err)
	}
	return b
}()

// held puts an EXIF segment with an orientation, and a name that must not get out, into a JPEG.
func held(file []byte, orientation uint16) []byte {
	tiff := []byte("MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	tiff = binary.BigEndian.AppendUint16(tiff, orientation)
	tiff = append(tiff, "\x00\x00\x00\x00\x00\x00secret place"...)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	out := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(segment)+2))
	return append(append(out, segment...), file[2:]...)
}

// claiming is a PNG that says it has w x h pixels, in 50 bytes.
func claiming(w, h uint32) []byte {
	chunk := []byte("IHDR")
	chunk = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(chunk, w), h)
	chunk = append(chunk, 8, 6, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), chunk...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
}

func TestInspectKnowsTheFourKinds(t *testing.T) {
	m := flag(30, 20)
	for want, file := range map[string][]byte{"image/jpeg": asJPEG(t, m), "image/png": asPNG(t, m), "image/gif": asGIF(t, m)} {
		if got, err := picture.Inspect(bytes.NewReader(file)); err != nil || got.MediaType != want || got.Width != 30 || got.Height != 20 {
			t.Errorf("%s: got %+v, %v", want, got, err)
		}
	}
	if got, err := picture.Inspect(bytes.NewReader(aWebP)); err != nil || got.MediaType != "image/webp" || got.Width != 1 {
		t.Errorf("image/webp: got %+v, %v", got, err)
	}
}

func TestAPhotoIsTurnedTheWayTheCameraWasHeld(t *testing.T) {
	// Where the red quarter is, when the stored one is at the upper left: (right, lower).
	for orientation, at := range map[uint16][2]bool{
		1: {false, false}, 2: {true, false}, 3: {true, true}, 4: {false, true}, 5: {false, false}, 6: {true, false}, 7: {true, true}, 8: {false, true}, 99: {false, false},
	} {
		file := held(asJPEG(t, flag(64, 32)), orientation)
		w, h := 64, 32
		if orientation >= 5 && orientation <= 8 {
			w, h = h, w
		}
		info, err := picture.Inspect(bytes.NewReader(file))
		if err != nil || info.Width != w || info.Height != h {
			t.Errorf("%d: inspected as %+v, %v", orientation, info, err)
		}
		small, err := picture.Thumbnail(t.Context(), bytes.NewReader(file), 32)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(small.Data, []byte("secret place")) || bytes.Contains(small.Data, []byte("Exif")) {
			t.Errorf("%d: the metadata is still there", orientation)
		}
		m, _, err := image.Decode(bytes.NewReader(small.Data))
		if err != nil || small.Width != w/2 || small.Height != h/2 || m.Bounds().Dx() != w/2 {
			t.Fatalf("%d: thumbnail of %d x %d, %v", orientation, small.Width, small.Height, err)
		}
		for _, right := range []bool{false, true} {
			for _, lower := range []bool{false, true} {
				x, y := w/8, h/8
				if right {
					x += w / 4
				}
				if lower {
					y += h / 4
				}
				r, _, _, _ := m.At(x, y).RGBA()
				if isRed := r > 0x8000; isRed != (at == [2]bool{right, lower}) {
					t.Errorf("%d: at right %v, lower %v: red %v", orientation, right, lower, isRed)
				}
			}
		}
	}
}

func TestThumbnailFitsAndNeverGrows(t *testing.T) {
	for _, c := range []struct{ w, h, side, wantW, wantH int }{
		{400, 200, 100, 100, 50}, {200, 400, 100, 50, 100}, {20, 10, 100, 20, 10}, {1000, 1, 100, 100, 1},
	} {
		got, err := picture.Thumbnail(t.Context(), bytes.NewReader(asPNG(t, flag(c.w, c.h))), c.side)
		if err != nil || got.Width != c.wantW || got.Height != c.wantH || got.MediaType != "image/jpeg" {
			t.Errorf("%+v: got %d x %d %s, %v", c, got.Width, got.Height, got.MediaType, err)
		}
	}
}

func TestWhatIsTransparentStaysSo(t *testing.T) {
	got, err := picture.Thumbnail(t.Context(), bytes.NewReader(asPNG(t, image.NewNRGBA(image.Rect(0, 0, 9, 9)))), 5)
	if err != nil || got.MediaType != "image/png" {
		t.Fatalf("got %s, %v", got.MediaType, err)
	}
	m, err := png.Decode(bytes.NewReader(got.Data))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, a := m.At(2, 2).RGBA(); a != 0 {
		t.Errorf("alpha %d", a)
	}
}

func TestAvatarIsTheSquareInTheMiddle(t *testing.T) {
	m := flag(300, 100)
	for x := 100; x < 200; x++ {
		for y := range 100 {
			m.Set(x, y, red)
		}
	}
	got, err := picture.Avatar(t.Context(), bytes.NewReader(asPNG(t, m)))
	if err != nil || got.Width != picture.AvatarSize || got.Height != picture.AvatarSize {
		t.Fatalf("got %d x %d, %v", got.Width, got.Height, err)
	}
	small, err := jpeg.Decode(bytes.NewReader(got.Data))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []image.Point{{10, 10}, {245, 10}, {10, 245}, {245, 245}} {
		if r, _, b, _ := small.At(p.X, p.Y).RGBA(); r < 0xe000 || b > 0x2000 {
			t.Errorf("at %v: not from the middle", p)
		}
	}
}

func TestABombIsNotDecoded(t *testing.T) {
	info, err := picture.Inspect(bytes.NewReader(claiming(60_000, 60_000)))
	if err != nil || info.Width != 60_000 {
		t.Errorf("got %+v, %v", info, err)
	}
	if _, err := picture.Thumbnail(t.Context(), bytes.NewReader(claiming(60_000, 60_000)), 100); !errors.Is(err, parley.ErrLimited) {
		t.Errorf("got %v", err)
	}
}

func TestWhatIsNoImageIsRefused(t *testing.T) {
	for name, file := range map[string][]byte{
		"nothing":          nil,
		"svg":              []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script>alert(1)</script></svg>`),
		"words":            []byte("hello"),
		"half an image":    asJPEG(t, flag(50, 50))[:200],
		"pixels missing":   claiming(10, 10),
		"no width":         claiming(0, 10),
		"absurd width":     claiming(1<<31-1, 1),
		"bmp":              []byte("BM" + strings.Repeat("\x00", 60)),
		"endless comments": append([]byte{0xff, 0xd8}, bytes.Repeat([]byte{0xff, 0xfe, 0xff, 0xff}, 100_000)...),
	} {
		if _, err := picture.Thumbnail(t.Context(), bytes.NewReader(file), 100); !errors.Is(err, parley.ErrInvalid) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestWhoWaitsTooLongIsToldToComeBack(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := picture.Thumbnail(ctx, bytes.NewReader(asPNG(t, flag(9, 9))), 5); !errors.Is(err, parley.ErrUnavailable) {
		t.Errorf("got %v", err)
	}
}

func FuzzInspect(f *testing.F) {
	m := flag(4, 4)
	for _, file := range [][]byte{asPNG(f, m), asJPEG(f, m), asGIF(f, m), aWebP, held(asJPEG(f, m), 6), claiming(1, 1)} {
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		info, err := picture.Inspect(bytes.NewReader(file))
		if err != nil {
			if !errors.Is(err, parley.ErrInvalid) {
				t.Fatal(err)
			}
			return
		}
		if info.Width < 1 || info.Height < 1 || !strings.HasPrefix(info.MediaType, "image/") {
			t.Fatalf("%+v", info)
		}
		if info.Width*info.Height > 1<<16 {
			return
		}
		small, err := picture.Thumbnail(t.Context(), bytes.NewReader(file), 16)
		if err == nil && (small.Width > 16 || small.Height > 16 || len(small.Data) == 0) {
			t.Fatalf("%d x %d", small.Width, small.Height)
		}
	})
}

func BenchmarkThumbnailOfAPhone(b *testing.B) {
	file := asJPEG(b, flag(4000, 3000))
	for b.Loop() {
		if _, err := picture.Thumbnail(b.Context(), bytes.NewReader(file), 720); err != nil {
			b.Fatal(err)
		}
	}
}
