// Package picture looks at images and makes them small: what a message shows of a photo, and faces of people.
//
// It knows PNG, JPEG, GIF and WebP; nothing else is ever decoded, SVG least of all. It looks at the size before it
// decodes (a few bytes can claim gigabytes), turns photos the way the camera was held, and what it writes has no
// metadata: no place, no camera, no name. It must not know where images come from or are kept.
package picture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // only the first frame is shown
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"
	"golang.org/x/sync/semaphore"

	"github.com/parley-im/parley/internal/parley"
)

const (
	// MaxPixels is how large an image may be to be decoded, and how many pixels are in work at any time in the whole
	// process; others wait. Decoding takes up to 8 bytes for each.
	MaxPixels = 50_000_000
	// AvatarSize is the width and height of a face.
	AvatarSize = 256

	maxSide   = 65_535
	maxHeader = 8 << 20 // bytes in which the size must be found; cameras put previews in front of it
	quality   = 82      // of JPEG
)

// Info is what an image says of itself.
type Info struct {
	MediaType     string // image/png, image/jpeg, image/gif, image/webp
	Width, Height int    // pixels, as it is shown: turned the way the camera was held
	orientation   int    // EXIF tag 274: 1 to 8
	stored        image.Point
}

// Image is one that was made here.
type Image struct {
	Data          []byte
	MediaType     string // image/jpeg, or image/png when parts are transparent
	Width, Height int    // pixels
}

// Inspect says what kind of image r has and how large it is. It decodes no pixels. What is no image of the four kinds
// wraps parley.ErrInvalid; one of more than MaxPixels is described like any other.
func Inspect(r io.Reader) (Info, error) {
	var head bytes.Buffer
	config, format, err := image.DecodeConfig(io.TeeReader(io.LimitReader(r, maxHeader), &head))
	if err != nil {
		return Info{}, fmt.Errorf("inspect image: %w: %w", parley.ErrInvalid, err)
	}
	info := Info{MediaType: "image/" + format, Width: config.Width, Height: config.Height, orientation: 1}
	switch format {
	case "jpeg":
		info.orientation = orientation(head.Bytes())
	case "png", "gif", "webp":
	default: // somebody registered another decoder
		return Info{}, fmt.Errorf("inspect image: %s: %w", format, parley.ErrInvalid)
	}
	if config.Width < 1 || config.Height < 1 || config.Width > maxSide || config.Height > maxSide {
		return Info{}, fmt.Errorf("inspect image: %d x %d pixels: %w", config.Width, config.Height, parley.ErrInvalid)
	}
	info.stored = image.Pt(config.Width, config.Height)
	if info.orientation >= 5 { // lies on its side
		info.Width, info.Height = info.Height, info.Width
	}
	return info, nil
}

// Thumbnail returns r's image in a size that fits into side x side pixels, never larger than it was. It waits while other
// large images are in work, until ctx ends (parley.ErrUnavailable). What cannot be decoded wraps
// parley.ErrInvalid, more than MaxPixels parley.ErrLimited.
func Thumbnail(ctx context.Context, r io.ReadSeeker, side int) (Image, error) {
	return remake(ctx, r, func(size image.Point) (image.Point, image.Rectangle) {
		all := image.Rectangle{Max: size}
		longest := max(size.X, size.Y)
		if longest <= side {
			return size, all
		}
		return image.Pt(max(1, size.X*side/longest), max(1, size.Y*side/longest)), all
	})
}

// Avatar returns the middle of r's image as a square of AvatarSize. Errors are those of Thumbnail.
func Avatar(ctx context.Context, r io.ReadSeeker) (Image, error) {
	return remake(ctx, r, func(size image.Point) (image.Point, image.Rectangle) {
		short := min(size.X, size.Y)
		corner := image.Pt((size.X-short)/2, (size.Y-short)/2)
		return image.Pt(AvatarSize, AvatarSize), image.Rectangle{Min: corner, Max: corner.Add(image.Pt(short, short))}
	})
}

// inWork counts the pixels that are being decoded.
var inWork = semaphore.NewWeighted(MaxPixels)

// remake decodes, cuts, scales, turns and encodes. frame gets the size as stored and says how large to make which part.
func remake(ctx context.Context, r io.ReadSeeker, frame func(image.Point) (image.Point, image.Rectangle)) (Image, error) {
	info, err := Inspect(r)
	if err != nil {
		return Image{}, err
	}
	pixels := int64(info.stored.X) * int64(info.stored.Y)
	if pixels > MaxPixels {
		return Image{}, fmt.Errorf("decode image: %d x %d pixels: %w", info.Width, info.Height, parley.ErrLimited)
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return Image{}, fmt.Errorf("decode image: %w: %w", parley.ErrUnavailable, err)
	}
	if err := inWork.Acquire(ctx, pixels); err != nil {
		return Image{}, fmt.Errorf("decode image: %w: %w", parley.ErrUnavailable, err)
	}
	defer inWork.Release(pixels)
	from, _, err := image.Decode(r)
	if err == nil && from.Bounds().Empty() {
		err = errors.New("has no pixels")
	}
	if err != nil {
		return Image{}, fmt.Errorf("decode image: %w: %w", parley.ErrInvalid, err)
	}
	size, part := frame(from.Bounds().Size())
	small := image.NewNRGBA(image.Rectangle{Max: size})
	draw.BiLinear.Scale(small, small.Bounds(), from, part.Add(from.Bounds().Min), draw.Src, nil)
	return encode(turn(small, info.orientation))
}

func encode(m *image.NRGBA) (Image, error) {
	var b bytes.Buffer
	made := Image{MediaType: "image/jpeg", Width: m.Rect.Dx(), Height: m.Rect.Dy()}
	var err error
	if m.Opaque() {
		err = jpeg.Encode(&b, m, &jpeg.Options{Quality: quality})
	} else {
		made.MediaType = "image/png"
		err = png.Encode(&b, m)
	}
	if err != nil {
		return Image{}, fmt.Errorf("encode image: %w", err)
	}
	made.Data = b.Bytes()
	return made, nil
}
