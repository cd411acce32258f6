//! A reliability diagram as plain SVG: what was forecast against what happened.

use std::fmt::Write as _;

use super::measures::{Bin, Measures};

/// Edge of the plot and room around it, in user units.
const SIDE: f64 = 320.0;
const LEFT: f64 = 56.0;
const TOP: f64 = 44.0;
const COLOURS: [&str; 3] = ["#1f5fa8", "#b45309", "#2f7d4f"];

/// Draws the bins of up to three named sets of forecasts, each with its 95 % interval.
pub fn reliability(title: &str, series: &[(String, &Measures)]) -> String {
    let mut svg = String::new();
    draw(&mut svg, title, series).map_or_else(|_| String::new(), |()| svg)
}

fn draw(svg: &mut String, title: &str, series: &[(String, &Measures)]) -> std::fmt::Result {
    let (width, height) = (LEFT + SIDE + 24.0, TOP + SIDE + 72.0 + 20.0 * series.len() as f64);
    writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"sans-serif\" font-size=\"12\" role=\"img\">"
    )?;
    writeln!(svg, "<title>{}</title>", escaped(title))?;
    writeln!(svg, "<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>")?;
    writeln!(svg, "<text x=\"{LEFT}\" y=\"24\" fill=\"#1a1a1a\">{}</text>", escaped(title))?;
    frame(svg)?;
    for ((name, measures), (colour, place)) in series.iter().zip(COLOURS.into_iter().zip(0_u8..)) {
        curve(svg, &measures.bins, colour)?;
        let y = TOP + SIDE + 68.0 + 20.0 * f64::from(place);
        writeln!(
            svg,
            "<circle cx=\"{}\" cy=\"{}\" r=\"4\" fill=\"{colour}\"/>",
            LEFT + 4.0,
            y - 4.0
        )?;
        let ece = measures.ece;
        writeln!(
            svg,
            "<text x=\"{}\" y=\"{y}\" fill=\"#1a1a1a\">{} (ECE {ece:.3})</text>",
            LEFT + 16.0,
            escaped(name)
        )?;
    }
    writeln!(svg, "</svg>")
}

fn frame(svg: &mut String) -> std::fmt::Result {
    let bottom = TOP + SIDE;
    writeln!(
        svg,
        "<rect x=\"{LEFT}\" y=\"{TOP}\" width=\"{SIDE}\" height=\"{SIDE}\" fill=\"none\" \
         stroke=\"#767676\"/>"
    )?;
    writeln!(
        svg,
        "<line x1=\"{LEFT}\" y1=\"{bottom}\" x2=\"{}\" y2=\"{TOP}\" stroke=\"#767676\" \
         stroke-dasharray=\"4 4\"/>",
        LEFT + SIDE
    )?;
    for percent in [0_u8, 25, 50, 75, 100] {
        let share = f64::from(percent) / 100.0;
        writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" fill=\"#1a1a1a\">{percent}</text>",
            LEFT + share * SIDE,
            bottom + 18.0
        )?;
        writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\" fill=\"#1a1a1a\">{percent}</text>",
            LEFT - 8.0,
            bottom - share * SIDE + 4.0
        )?;
    }
    let middle = LEFT + SIDE / 2.0;
    writeln!(
        svg,
        "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\" fill=\"#1a1a1a\">forecast, %</text>",
        bottom + 38.0
    )?;
    let centre = TOP + SIDE / 2.0;
    writeln!(
        svg,
        "<text x=\"16\" y=\"{centre}\" text-anchor=\"middle\" fill=\"#1a1a1a\" \
         transform=\"rotate(-90 16 {centre})\">happened, %</text>"
    )
}

/// The bins, joined, each with its 95 % interval (Wilson 1927).
fn curve(svg: &mut String, bins: &[Bin], colour: &str) -> std::fmt::Result {
    let x = |share: f64| LEFT + share * SIDE;
    let y = |share: f64| TOP + (1.0 - share) * SIDE;
    let mut points = String::new();
    for bin in bins {
        let (low, high) = wilson(bin.happened, bin.count as f64);
        writeln!(
            svg,
            "<line x1=\"{0:.1}\" y1=\"{1:.1}\" x2=\"{0:.1}\" y2=\"{2:.1}\" stroke=\"{colour}\" \
             stroke-opacity=\"0.5\"/>",
            x(bin.predicted),
            y(low),
            y(high)
        )?;
        writeln!(
            svg,
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3.5\" fill=\"{colour}\"/>",
            x(bin.predicted),
            y(bin.happened)
        )?;
        write!(points, "{:.1},{:.1} ", x(bin.predicted), y(bin.happened))?;
    }
    writeln!(svg, "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\"/>", points.trim_end())
}

/// Ends of the 95 % interval of a share.
pub fn wilson(share: f64, count: f64) -> (f64, f64) {
    const Z: f64 = 1.959_964;
    if count <= 0.0 {
        return (0.0, 1.0);
    }
    let scale = 1.0 + Z * Z / count;
    let centre = (share + Z * Z / (2.0 * count)) / scale;
    let half = Z * (share * (1.0 - share) / count + Z * Z / (4.0 * count * count)).sqrt() / scale;
    ((centre - half).max(0.0), (centre + half).min(1.0))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagram_names_its_series_and_escapes_what_it_is_told() {
        let measures = Measures::of(&[(0.2, false), (0.7, true), (0.9, true)]);
        let svg = reliability("a < b", &[("one & two".into(), &measures)]);
        assert!(svg.contains("a &lt; b") && svg.contains("one &amp; two"));
        assert_eq!(svg.matches("<polyline").count(), 1);
        assert!(svg.trim_end().ends_with("</svg>"));
    }

    #[test]
    fn the_interval_of_a_share_agrees_with_published_figures() {
        // 7 of 10: 0.397 to 0.892.
        let (low, high) = wilson(0.7, 10.0);
        assert!((low - 0.3968).abs() < 5e-4 && (high - 0.8922).abs() < 5e-4, "{low} {high}");
    }
}
