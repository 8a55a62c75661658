/// Words with what each of them means, looked up character by character from the start of a text.
pub(super) struct Trie<V> {
    /// The node of each character that opens a word, by its code; 0, the root, for any other one.
    first: Vec<u32>,
    nodes: Vec<Node<V>>,
}

/// Where the characters read so far have led in a trie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place(usize);

/// Where no character has been read.
pub(super) const ROOT: Place = Place(0);

struct Node<V> {
    /// What the word means that ends here.
    value: Option<V>,
    /// The characters that go on from here, in order, with their nodes.
    next: Vec<(char, usize)>,
}

impl<V: Copy> Trie<V> {
    pub(super) fn new<'a>(words: impl IntoIterator<Item = (&'a str, V)>) -> Self {
        let mut trie = Self { first: Vec::new(), nodes: vec![Node { value: None, next: Vec::new() }] };
        for (word, value) in words {
            let mut place = ROOT;
            for c in word.chars() {
                place = trie.step(place, c).unwrap_or_else(|| trie.grow(place, c));
            }
            trie.nodes[place.0].value = Some(value);
        }
        trie
    }

    /// The words that a text opens with, the shortest first: where each ends, and what it means.
    pub(super) fn prefixes(&self, text: &str) -> impl Iterator<Item = (usize, V)> {
        let mut place = ROOT;
        let ends = text.char_indices().map_while(move |(at, c)| {
            place = self.step(place, c)?;
            Some((at + c.len_utf8(), self.value(place)))
        });
        ends.filter_map(|(end, value)| Some((end, value?)))
    }

    /// The longest word that a text opens with.
    pub(super) fn longest(&self, text: &str) -> Option<(usize, V)> {
        let (mut place, mut longest) = (ROOT, None);
        for (at, c) in text.char_indices() {
            let Some(next) = self.step(place, c) else { break };
            place = next;
            longest = self.value(place).map(|value| (at + c.len_utf8(), value)).or(longest);
        }
        longest
    }

    /// Tells whether a word opens with a character: most characters of a text open none.
    #[inline]
    pub(super) fn may_open(&self, c: char) -> bool {
        self.first.get(c as usize).is_some_and(|&next| next != 0)
    }

    /// Tells whether a text opens with a word.
    pub(super) fn opens(&self, text: &str) -> bool {
        self.prefixes(text).next().is_some()
    }

    /// Goes on by a character; nothing where no word does.
    pub(super) fn step(&self, place: Place, c: char) -> Option<Place> {
        if place == ROOT {
            return self.first.get(c as usize).filter(|&&next| next != 0).map(|&next| Place(next as usize));
        }
        let next = &self.nodes[place.0].next;
        next.binary_search_by_key(&c, |&(c, _)| c).ok().map(|at| Place(next[at].1))
    }

    /// What the word means that ends here.
    pub(super) fn value(&self, place: Place) -> Option<V> {
        self.nodes[place.0].value
    }

    fn grow(&mut self, place: Place, c: char) -> Place {
        let new = self.nodes.len();
        self.nodes.push(Node { value: None, next: Vec::new() });
        if place == ROOT {
            self.first.resize(self.first.len().max(c as usize + 1), 0);
            self.first[c as usize] = u32::try_from(new).unwrap_or_default();
        } else {
            let next = &mut self.nodes[place.0].next;
            next.insert(next.partition_point(|&(before, _)| before < c), (c, new));
        }
        Place(new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_at_the_start_of_a_text() {
        let trie = Trie::new([("甲", 1), ("甲乙丙", 2), ("乙", 3), ("甲丁", 4), ("ab", 5)]);
        let prefixes = |text: &str| trie.prefixes(text).collect::<Vec<_>>();
        assert_eq!(prefixes("甲乙丙丁"), [(3, 1), (9, 2)]);
        assert_eq!(prefixes("甲乙丁"), [(3, 1)]);
        for (text, want) in
            [("abc", Some((2, 5))), ("a", None), ("", None), ("丙甲", None), ("\u{10FFFF}", None)]
        {
            assert_eq!(trie.longest(text), want, "{text}");
            assert_eq!(trie.opens(text), want.is_some(), "{text}");
            assert!(trie.may_open(text.chars().next().unwrap_or('a')) || want.is_none(), "{text}");
        }
    }
}
