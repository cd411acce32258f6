//! How parallel papers are, as plain SVG: how often each expected score comes, for papers as they
//! are assembled (upwards) and for papers drawn at random (downwards).

use std::fmt::Write as _;

use super::ParallelForms;

/// Width of the plot and heights of its halves, in user units.
const WIDTH: f64 = 560.0;
const HALF: f64 = 110.0;
const LEFT: f64 = 24.0;
const TOP: f64 = 64.0;
/// Bins in one item.
const FINE: f64 = 4.0;
const ASSEMBLED: &str = "#1f5fa8";
const RANDOM: &str = "#b45309";

/// Draws the papers.
pub fn diagram(forms: &ParallelForms) -> String {
    let mut svg = String::new();
    draw(&mut svg, forms).map_or_else(|_| String::new(), |()| svg)
}

/// Where values lie: whole items around all of them, with the number of papers in each bin.
struct Bins {
    low: f64,
    high: f64,
    assembled: Vec<u32>,
    random: Vec<u32>,
}

impl Bins {
    fn of(forms: &ParallelForms) -> Self {
        let ends = [&forms.assembled, &forms.random_within_domain];
        let low = ends.iter().map(|d| d.min).fold(forms.target, f64::min).floor();
        let high = (ends.iter().map(|d| d.max).fold(forms.target, f64::max) + 0.01).ceil();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "few bins")]
        let place = |value: f64| ((value - low) * FINE).max(0.0) as usize;
        let count = place(high) + 1;
        let mut bins = Self { low, high, assembled: vec![0; count], random: vec![0; count] };
        for form in &forms.forms {
            bins.assembled[place(form.expected_score_at_cut).min(count - 1)] += 1;
            bins.random[place(form.expected_score_at_random).min(count - 1)] += 1;
        }
        bins
    }

    fn x(&self, value: f64) -> f64 {
        LEFT + (value - self.low) / (self.high - self.low) * WIDTH
    }
}

fn draw(svg: &mut String, forms: &ParallelForms) -> std::fmt::Result {
    let bins = Bins::of(forms);
    let axis = TOP + HALF;
    let (width, height) = (LEFT + WIDTH + 24.0, axis + HALF + 56.0);
    let title = format!(
        "Expected score at the cut of {} papers of {}, {} scored items",
        forms.forms.len(),
        forms.blueprint,
        forms.size.scored
    );
    writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"sans-serif\" font-size=\"12\" role=\"img\">"
    )?;
    writeln!(svg, "<title>{title}</title>")?;
    writeln!(svg, "<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>")?;
    writeln!(svg, "<text x=\"{LEFT}\" y=\"24\" fill=\"#1a1a1a\">{title}</text>")?;
    let most = bins.assembled.iter().chain(&bins.random).copied().max().unwrap_or(1).max(1);
    for (counts, colour, up) in [(&bins.assembled, ASSEMBLED, true), (&bins.random, RANDOM, false)]
    {
        for (place, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let left = bins.x(bins.low + place as f64 / FINE);
            let wide = WIDTH / (bins.high - bins.low) / FINE - 1.0;
            let tall = f64::from(*count) / f64::from(most) * (HALF - 16.0);
            let y = if up { axis - tall } else { axis };
            writeln!(
                svg,
                "<rect x=\"{left:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{tall:.1}\" \
                 fill=\"{colour}\"/>"
            )?;
        }
    }
    scale(svg, &bins, forms.target, axis)?;
    let named = [
        ("assembled", &forms.assembled, ASSEMBLED, 44.0),
        ("random within domain", &forms.random_within_domain, RANDOM, axis + HALF + 4.0),
    ];
    for (name, spread, colour, y) in named {
        writeln!(
            svg,
            "<text x=\"{LEFT}\" y=\"{y}\" fill=\"{colour}\">{name}: SD {:.2}, {:.2} to {:.2}</text>",
            spread.sd, spread.min, spread.max
        )?;
    }
    writeln!(svg, "</svg>")
}

/// The axis with its whole items, and the line of the score aimed at.
fn scale(svg: &mut String, bins: &Bins, target: f64, axis: f64) -> std::fmt::Result {
    let (at, bottom) = (bins.x(target), axis + HALF + 24.0);
    writeln!(
        svg,
        "<line x1=\"{LEFT}\" y1=\"{axis}\" x2=\"{:.1}\" y2=\"{axis}\" stroke=\"#1a1a1a\"/>",
        LEFT + WIDTH
    )?;
    writeln!(
        svg,
        "<line x1=\"{at:.1}\" y1=\"{TOP}\" x2=\"{at:.1}\" y2=\"{:.1}\" stroke=\"#1a1a1a\" \
         stroke-dasharray=\"3 3\"/>",
        axis + HALF - 8.0
    )?;
    let mut whole = bins.low;
    while whole <= bins.high {
        writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{bottom}\" text-anchor=\"middle\" fill=\"#1a1a1a\">{whole}</text>",
            bins.x(whole)
        )?;
        whole += 1.0;
    }
    writeln!(
        svg,
        "<text x=\"{LEFT}\" y=\"{}\" fill=\"#1a1a1a\">scored items; dashed: what papers aim at</text>",
        bottom + 20.0
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exam::parallel::compare;
    use crate::exam::{PaperSize, sample};

    #[test]
    fn every_paper_stands_in_a_bin_of_each_half() {
        let blueprint = sample::blueprint();
        let bank = sample::bank(&blueprint, 325, 21);
        let size = PaperSize::full(&blueprint);
        let forms = compare(&blueprint, &bank, size, 0, 20, false).unwrap();
        let bins = Bins::of(&forms);
        assert_eq!(bins.assembled.iter().sum::<u32>(), 20);
        assert_eq!(bins.random.iter().sum::<u32>(), 20);
        let svg = diagram(&forms);
        assert!(svg.contains(&format!("SD {:.2}", forms.random_within_domain.sd)));
        assert!(svg.trim_end().ends_with("</svg>"));
    }
}
