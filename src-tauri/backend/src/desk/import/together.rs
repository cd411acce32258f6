//! Work over many items, shared out to all processors.

/// Most threads at once, and fewest items that are worth one.
const MAX_WORKERS: usize = 8;
const WORTH_SHARING: usize = 64;

/// What `of` gives for each item, in order.
pub(super) fn together<T: Sync, U: Send>(items: &[T], of: impl Fn(&T) -> U + Sync) -> Vec<U> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(MAX_WORKERS);
    let share = items.len().div_ceil(workers);
    if share < WORTH_SHARING {
        return items.iter().map(of).collect();
    }
    let of = &of;
    std::thread::scope(|scope| {
        let mut shares = items.chunks(share);
        let own = shares.next().unwrap_or_default();
        let work = |share: &[T]| share.iter().map(of).collect::<Vec<U>>();
        let others: Vec<_> = shares.map(|share| scope.spawn(move || work(share))).collect();
        let mut all = work(own);
        for other in others {
            match other.join() {
                Ok(other) => all.extend(other),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::together;

    #[test]
    fn the_order_is_kept_however_many_there_are() {
        for count in [0usize, 1, 63, 64, 1_000, 1_001] {
            let items: Vec<usize> = (0..count).collect();
            assert_eq!(
                together(&items, |item| item * 2),
                items.iter().map(|i| i * 2).collect::<Vec<_>>()
            );
        }
    }
}
