package main

import "image/color"

// view is the eye of a scene in one-point perspective: the world is in
// metres, x to the right, y up from the floor, z away from the eye.
type view struct {
	centre  float64 // the vanishing point's x on the sheet
	horizon float64 // its y
	focus   float64 // pixels of a metre that is one metre away
	eye     float64 // height of the eye above the floor
}

func (v view) at(x, y, z float64) pt {
	k := v.scale(z)
	return pt{v.centre + x*k, v.horizon + (v.eye-y)*k}
}

// scale is how many pixels a metre has at a distance.
func (v view) scale(z float64) float64 { return v.focus / z }

// front is an upright rectangle that faces the eye.
func (v view) front(x0, y0, x1, y1, z float64) path {
	return polygon(v.at(x0, y0, z), v.at(x1, y0, z), v.at(x1, y1, z), v.at(x0, y1, z))
}

// floor is a level rectangle.
func (v view) floor(x0, z0, x1, z1, y float64) path {
	return polygon(v.at(x0, y, z0), v.at(x1, y, z0), v.at(x1, y, z1), v.at(x0, y, z1))
}

// side is an upright rectangle along the line of sight.
func (v view) side(x, y0, z0, y1, z1 float64) path {
	return polygon(v.at(x, y0, z0), v.at(x, y0, z1), v.at(x, y1, z1), v.at(x, y1, z0))
}

// box draws the faces of a block that the eye can see.
func (v view) box(c *canvas, x0, y0, z0, x1, y1, z1 float64, top, front, side color.NRGBA) {
	if v.at(x0, 0, z0).x > v.centre {
		c.fill(v.side(x0, y0, z0, y1, z1), side)
	}
	if v.at(x1, 0, z0).x < v.centre {
		c.fill(v.side(x1, y0, z0, y1, z1), side)
	}
	if y1 < v.eye {
		c.fill(v.floor(x0, z0, x1, z1, y1), top)
	} else if y0 > v.eye {
		c.fill(v.floor(x0, z0, x1, z1, y0), darker(front, 0.35))
	}
	c.fill(v.front(x0, y0, x1, y1, z0), front)
}

// ground lays the soft shadow of a thing that stands on the floor.
func (v view) ground(c *canvas, x, z, rx, rz, strength float64) {
	centre := v.at(x, 0, z)
	ry := (v.at(x, 0, z-rz).y - v.at(x, 0, z+rz).y) / 2
	c.shadow(ellipse(centre, rx*v.scale(z), ry), ry*0.7+2, alpha(ink, strength))
}

// stand puts a person of so many metres somewhere on the floor.
func (v view) stand(x, z, metres float64) figure {
	return figure{foot: v.at(x, 0, z), height: metres * v.scale(z)}
}

// wall maps a text's own space onto an upright surface that faces the eye.
func (v view) wall(x, y, z float64) func(pt) pt {
	return func(p pt) pt { return v.at(x+p.x, y-p.y, z) }
}

// table maps a text's own space onto a level surface.
func (v view) table(x, y, z float64) func(pt) pt {
	return func(p pt) pt { return v.at(x+p.x, y, z-p.y) }
}
