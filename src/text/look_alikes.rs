use std::{collections::HashMap, sync::LazyLock};

/// The characters that a folded one may be taken for by eye.
pub fn look_alikes(c: char) -> &'static [char] {
    static GROUPS: LazyLock<HashMap<char, Vec<char>>> = LazyLock::new(|| {
        let lines = include_str!("look_alikes.txt").lines().filter(|line| !line.starts_with('#'));
        let mut groups: HashMap<char, Vec<char>> = HashMap::new();
        for group in lines.flat_map(str::split_whitespace) {
            for c in group.chars() {
                groups.entry(c).or_default().extend(group.chars().filter(|&other| other != c));
            }
        }
        groups
    });
    GROUPS.get(&c).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold_key;

    #[test]
    fn what_looks_alike_does_so_both_ways() {
        for (one, other) in [('浩', '昊'), ('晴', '睛'), ('末', '未'), ('氟', '氪'), ('衫', '杉')] {
            assert!(look_alikes(one).contains(&other) && look_alikes(other).contains(&one), "{one} {other}");
        }
        assert!(look_alikes('一').is_empty());
        let list = include_str!("look_alikes.txt").lines().filter(|line| !line.starts_with('#'));
        for group in list.flat_map(str::split_whitespace) {
            assert_eq!(fold_key(group), group, "characters stand as they are folded");
        }
    }
}
