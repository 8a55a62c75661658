use rayon::iter::{IntoParallelIterator, ParallelIterator};

/// Gives work to threads that then share its steps: one wait for a thread instead of one at each step.
pub(super) fn given<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    rayon::scope(|_| work())
}

/// Does a step with each, side by side where the work was given to threads, and keeps the order.
pub(super) fn each<A: Send, R: Send, E: Send>(
    all: Vec<A>,
    step: impl Fn(A) -> Result<R, E> + Send + Sync,
) -> Result<Vec<R>, E> {
    if rayon::current_thread_index().is_none() {
        return all.into_iter().map(step).collect();
    }
    all.into_par_iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_faults_are_the_same_on_one_thread_and_on_several() {
        let halves = |all: &[u32]| {
            each(all.to_vec(), |n| if n.is_multiple_of(2) { Ok(n / 2) } else { Err(format!("{n} is odd")) })
        };
        for (all, want) in [
            (vec![], Ok(vec![])),
            ((0..100).map(|n| n * 2).collect(), Ok((0..100).collect())),
            (vec![2, 3, 4], Err("3 is odd".to_owned())),
        ] {
            assert_eq!(halves(&all), want);
            assert_eq!(given(|| halves(&all)), want);
        }
    }
}
