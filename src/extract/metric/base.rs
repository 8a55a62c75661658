//! What does 1.29 亿元 amount to?

/// The factor of a unit's multiplier and the unit without it; `None` where it has none.
///
/// ```text
/// 亿元 → (100000000, 元)    万例 → (10000, 例)    万 → (10000, "")
/// ```
pub(super) fn multiplier(unit: &str) -> Option<(f64, &str)> {
    let mut factor = 1.0;
    let mut rest = unit;
    while let Some((scale, tail)) = strip_scale(rest) {
        factor *= scale;
        rest = tail;
    }
    (rest.len() < unit.len()).then_some((factor, rest))
}

fn strip_scale(unit: &str) -> Option<(f64, &str)> {
    [("十", 1e1), ("百", 1e2), ("千", 1e3), ("万", 1e4), ("亿", 1e8)]
        .into_iter()
        .find_map(|(word, scale)| Some((scale, unit.strip_prefix(word)?)))
}

/// Multiplies without the tail of binary fractions: 1.29 × 10⁸ is 129000000.
pub(super) fn scaled(value: f64, factor: f64) -> f64 {
    let product = value * factor;
    let whole = product.round();
    if (product - whole).abs() < 1e-6 * whole.abs().max(1.0) { whole } else { product }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multipliers_are_resolved() {
        for (unit, value, want) in [
            ("亿元", 1.29, Some((129_000_000.0, "元"))),
            ("万元", 1645.0, Some((16_450_000.0, "元"))),
            ("千万元", 3.0, Some((30_000_000.0, "元"))),
            ("万例", 2.3, Some((23_000.0, "例"))),
            ("万", 429.0, Some((4_290_000.0, ""))),
            ("例", 5.0, None),
            ("%", 5.0, None),
        ] {
            assert_eq!(multiplier(unit).map(|(factor, rest)| (scaled(value, factor), rest)), want, "{unit}");
        }
    }
}
