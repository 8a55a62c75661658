/// Where a point of a content stream lies on the page: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) const fn shift(x: f64, y: f64) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First `inner`, then `self`.
    pub(super) fn of(self, inner: Matrix) -> Matrix {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, inner.0);
        Matrix([
            a * p + c * q,
            b * p + d * q,
            a * r + c * s,
            b * r + d * s,
            a * t + c * u + e,
            b * t + d * u + f,
        ])
    }

    pub(super) fn point(self, x: f64, y: f64) -> Point {
        let [a, b, c, d, e, f] = self.0;
        Point { x: a * x + c * y + e, y: b * x + d * y + f }
    }

    /// The mean factor by which lengths grow.
    pub(super) fn scale(self) -> f64 {
        let [a, b, c, d, _, _] = self.0;
        (a * d - b * c).abs().sqrt()
    }
}

/// A place on a page in points; `y` grows downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// An upright rectangle of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) x0: f64,
    pub(super) y0: f64,
    pub(super) x1: f64,
    pub(super) y1: f64,
}

impl Rect {
    /// The smallest around some points.
    pub(super) fn around(points: &[Point]) -> Option<Rect> {
        let first = points.first()?;
        let start = Rect { x0: first.x, y0: first.y, x1: first.x, y1: first.y };
        Some(points.iter().fold(start, |rect, point| Rect {
            x0: rect.x0.min(point.x),
            y0: rect.y0.min(point.y),
            x1: rect.x1.max(point.x),
            y1: rect.y1.max(point.y),
        }))
    }

    pub(super) fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    pub(super) fn height(&self) -> f64 {
        self.y1 - self.y0
    }

    pub(super) fn holds(&self, point: Point) -> bool {
        (self.x0..=self.x1).contains(&point.x) && (self.y0..=self.y1).contains(&point.y)
    }
}

/// Groups sorted values: those nearer than `tolerance` to the one before are one. Returns the mean of each group.
pub(super) fn clusters(mut values: Vec<f64>, tolerance: f64) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    let mut groups: Vec<(f64, f64, usize)> = Vec::new();
    for value in values {
        match groups.last_mut() {
            // Measured from the first of the group, so that a staircase does not become one step.
            Some((first, sum, count)) if value - *first <= tolerance => {
                *sum += value;
                *count += 1;
            }
            _ => groups.push((value, value, 1)),
        }
    }
    groups.into_iter().map(|(_, sum, count)| sum / count as f64).collect()
}

/// The index of the value nearest to `wanted` in sorted values.
pub(super) fn nearest(values: &[f64], wanted: f64) -> usize {
    let at = values.partition_point(|value| *value < wanted);
    match (at.checked_sub(1).and_then(|before| values.get(before)), values.get(at)) {
        (Some(before), Some(after)) if wanted - before <= after - wanted => at - 1,
        (Some(_), None) => at - 1,
        _ => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matrices_apply_from_the_inside_out() {
        let (double, right) = (Matrix([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]), Matrix::shift(10.0, 0.0));
        assert_eq!(double.of(right).point(1.0, 1.0), Point { x: 22.0, y: 2.0 });
        assert_eq!(right.of(double).point(1.0, 1.0), Point { x: 12.0, y: 2.0 });
        assert_eq!((double.scale(), Matrix::IDENTITY.scale()), (2.0, 1.0));
    }

    #[test]
    fn values_near_each_other_are_one() {
        for (values, want) in
            [(&[][..], &[][..]), (&[5.0, 1.0, 1.4], &[1.2, 5.0]), (&[0.0, 1.0, 2.0, 3.0], &[0.5, 2.5])]
        {
            assert_eq!(clusters(values.to_vec(), 1.5), want);
        }
        let values = [0.0, 10.0, 20.0];
        let got: Vec<usize> = [-5.0, 4.0, 6.0, 16.0, 99.0].iter().map(|x| nearest(&values, *x)).collect();
        assert_eq!(got, [0, 0, 1, 2, 2]);
    }
}
