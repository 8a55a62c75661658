/// Words with what each of them means, looked up character by character from the start of a text.
pub(super) struct Trie<V> {
    /// The node of each character that opens a word, by its code; 0, the root, for any other one.
    first: Vec<usize>,
    nodes: Vec<Node<V>>,
}

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
            let mut node = 0;
            for c in word.chars() {
                node = trie.step(node, c).unwrap_or_else(|| trie.grow(node, c));
            }
            trie.nodes[node].value = Some(value);
        }
        trie
    }

    /// The words that a text opens with, the shortest first: where each ends, and what it means.
    pub(super) fn prefixes(&self, text: &str) -> impl Iterator<Item = (usize, V)> {
        let mut node = 0;
        let ends = text.char_indices().map_while(move |(at, c)| {
            node = self.step(node, c)?;
            Some((at + c.len_utf8(), self.nodes[node].value))
        });
        ends.filter_map(|(end, value)| Some((end, value?)))
    }

    /// The longest word that a text opens with.
    pub(super) fn longest(&self, text: &str) -> Option<(usize, V)> {
        self.prefixes(text).last()
    }

    /// Tells whether a text opens with a word.
    pub(super) fn opens(&self, text: &str) -> bool {
        self.prefixes(text).next().is_some()
    }

    fn step(&self, node: usize, c: char) -> Option<usize> {
        if node == 0 {
            return self.first.get(c as usize).copied().filter(|&next| next != 0);
        }
        let next = &self.nodes[node].next;
        next.binary_search_by_key(&c, |&(c, _)| c).ok().map(|at| next[at].1)
    }

    fn grow(&mut self, node: usize, c: char) -> usize {
        let new = self.nodes.len();
        self.nodes.push(Node { value: None, next: Vec::new() });
        if node == 0 {
            self.first.resize(self.first.len().max(c as usize + 1), 0);
            self.first[c as usize] = new;
        } else {
            let next = &mut self.nodes[node].next;
            next.insert(next.partition_point(|&(before, _)| before < c), (c, new));
        }
        new
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
        }
    }
}
