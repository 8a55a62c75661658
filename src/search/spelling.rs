use std::sync::LazyLock;

/// A stem that is spelt in two ways.
struct Stem {
    american: &'static str,
    british: &'static str,
    opens: bool,
    closes: bool,
}

static STEMS: LazyLock<Vec<Stem>> = LazyLock::new(|| {
    let lines = include_str!("spellings.tsv").lines().filter(|line| !line.starts_with('#'));
    let stem = |(american, british): (&'static str, &'static str)| Stem {
        american: american.trim_matches('|'),
        british,
        opens: american.starts_with('|'),
        closes: american.ends_with('|'),
    };
    lines.filter_map(|line| line.split_once('\t')).map(stem).collect()
});

/// Spells the Latin words of a text in the British way, or, where some are, in the American one; `None` where
/// both are alike.
pub(super) fn other_spelling(text: &str) -> Option<String> {
    if !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let british = respelt(&lower, |stem| (stem.british, stem.american));
    let other =
        if british == lower { respelt(&lower, |stem| (stem.american, stem.british)) } else { british };
    (other != lower).then_some(other)
}

fn respelt(text: &str, spellings: impl Fn(&Stem) -> (&'static str, &'static str)) -> String {
    STEMS.iter().fold(text.to_owned(), |text, stem| {
        let (from, to) = spellings(stem);
        replaced(text, stem, from, to)
    })
}

fn replaced(mut text: String, stem: &Stem, from: &str, to: &str) -> String {
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    let mut behind = 0;
    while let Some(at) = text[behind..].find(from).map(|at| behind + at) {
        let (start, end) = (at.checked_sub(1).and_then(|at| text.as_bytes().get(at)), at + from.len());
        let is_cut = (stem.opens && is_letter(start)) || (stem.closes && is_letter(text.as_bytes().get(end)));
        behind = if is_cut { end } else { at + to.len() };
        if !is_cut {
            text.replace_range(at..end, to);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_one_spelling_on_each_side_of_the_atlantic() {
        for (text, want) in [
            ("circulating tumor DNA", Some("circulating tumour dna")),
            ("Circulating tumour DNA", Some("circulating tumor dna")),
            ("cerebral ischemia", Some("cerebral ischaemia")),
            ("haemorrhage", Some("hemorrhage")),
            ("tumour ischemia", Some("tumor ischemia")),
            ("oedema", Some("edema")),
            ("randomised", Some("randomized")),
            ("早期esophageal癌", Some("早期oesophageal癌")),
            ("chemistry", None),
            ("laboratory", None),
            ("labor", Some("labour")),
            ("programming", None),
            ("肿瘤", None),
            ("", None),
        ] {
            assert_eq!(other_spelling(text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn every_stem_is_spelt_differently() {
        let count = include_str!("spellings.tsv").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(STEMS.len(), count);
        for stem in STEMS.iter() {
            assert_ne!(stem.american, stem.british);
        }
    }
}
