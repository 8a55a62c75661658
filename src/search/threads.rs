use std::sync::{Mutex, PoisonError};

/// Who does the steps of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Threads {
    /// The one that asks.
    Own,
    /// Others as well, as soon as they wake: the one that asks does not wait for them to begin.
    Several,
}

impl Threads {
    /// Does a step with each and keeps the order.
    pub(super) fn each<A: Send, R: Send, E: Send>(
        self,
        all: Vec<A>,
        step: impl Fn(A) -> Result<R, E> + Send + Sync,
    ) -> Result<Vec<R>, E> {
        let more = all.len().min(rayon::current_num_threads()).saturating_sub(1);
        if self == Self::Own || more == 0 {
            return all.into_iter().map(step).collect();
        }
        let (left, done) = (Mutex::new(all.into_iter().enumerate()), Mutex::new(Vec::new()));
        let next = || left.lock().unwrap_or_else(PoisonError::into_inner).next();
        let work = || {
            while let Some((place, one)) = next() {
                let result = step(one);
                done.lock().unwrap_or_else(PoisonError::into_inner).push((place, result));
            }
        };
        rayon::in_place_scope(|scope| {
            (0..more).for_each(|_| scope.spawn(|_| work()));
            work();
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_unstable_by_key(|(place, _)| *place);
        done.into_iter().map(|(_, result)| result).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_faults_are_the_same_on_one_thread_and_on_several() {
        let halves = |threads: Threads, all: &[u32]| {
            threads.each(all.to_vec(), |n| {
                if n.is_multiple_of(2) { Ok(n / 2) } else { Err(format!("{n} is odd")) }
            })
        };
        for (all, want) in [
            (vec![], Ok(vec![])),
            ((0..100).map(|n| n * 2).collect(), Ok((0..100).collect())),
            (vec![2, 3, 4], Err("3 is odd".to_owned())),
        ] {
            assert_eq!(halves(Threads::Own, &all), want);
            assert_eq!(halves(Threads::Several, &all), want);
        }
    }
}
