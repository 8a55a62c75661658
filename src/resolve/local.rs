use std::sync::LazyLock;

/// Tells whether a folded name of an institution is one that many places have (市一院, 附属医院): in one
/// document it says who is meant, elsewhere it does not.
pub fn is_local_name(name_key: &str) -> bool {
    static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
        include_str!("local_names.txt")
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .collect()
    });
    NAMES.iter().any(|name| match name.strip_suffix('*') {
        Some(opening) => name_key.starts_with(opening),
        None => name_key == *name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_many_places_is_told_from_a_name() {
        for local in ["市一院", "省人民医院", "附属医院", "人民医院", "第一医院", "我院"]
        {
            assert!(is_local_name(local), "{local}");
        }
        for own in ["甲市第一医院", "乙桥医院", "丙大学"] {
            assert!(!is_local_name(own), "{own}");
        }
    }
}
