//! `cargo xtask icons`: the icons that the bundlers want, from the two SVG drawings in `icons/`.
//!
//! Drawing needs `resvg`, which the everyday commands do not pay for: without the `icons` feature
//! this starts xtask again with it.

#[cfg(not(feature = "icons"))]
pub(crate) fn draw(project: &crate::project::Project) -> anyhow::Result<()> {
    let mut again = crate::cargo::plain(project);
    again.args(["run", "--quiet", "--package", "xtask", "--features", "icons"]);
    // Apart from the program that is running, which Windows does not let us replace.
    again.arg("--target-dir").arg(project.target.join("xtask/icons"));
    crate::process::run(again.args(["--", "icons"]))
}

#[cfg(feature = "icons")]
pub(crate) use drawing::draw;

#[cfg(feature = "icons")]
mod drawing {
    use std::fs;
    use std::path::Path;

    use anyhow::{Context, Result};
    use resvg::tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
    use resvg::usvg::{Options, Tree};

    use crate::project::Project;

    /// Up to this size, the drawing made for few pixels is used.
    const SMALL: u16 = 32;

    const PNGS: [(&str, u16); 5] = [
        ("32x32.png", 32),
        ("64x64.png", 64),
        ("128x128.png", 128),
        ("128x128@2x.png", 256),
        ("icon.png", 512),
    ];
    const ICO: [u16; 6] = [16, 24, 32, 48, 64, 256];
    /// Names of the sizes in Apple's format; `ic11` and after are for displays of double density.
    const ICNS: [(&[u8; 4], u16); 10] = [
        (b"icp4", 16),
        (b"icp5", 32),
        (b"ic07", 128),
        (b"ic08", 256),
        (b"ic09", 512),
        (b"ic10", 1024),
        (b"ic11", 32),
        (b"ic12", 64),
        (b"ic13", 256),
        (b"ic14", 512),
    ];

    pub(crate) fn draw(project: &Project) -> Result<()> {
        let dir = project.root.join("icons");
        let (large, small) = (read(&dir.join("icon.svg"))?, read(&dir.join("icon-small.svg"))?);
        let drawing = |size| if size <= SMALL { &small } else { &large };
        let png = |size| Ok(render(drawing(size), size)?.encode_png()?);

        for (name, size) in PNGS {
            fs::write(dir.join(name), png(size)?)?;
        }
        fs::write(dir.join("icon.ico"), ico(png, |size| render(drawing(size), size))?)?;
        fs::write(dir.join("icon.icns"), icns(png)?)?;
        println!("Drew icons/");
        Ok(())
    }

    fn read(path: &Path) -> Result<Tree> {
        let data = fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
        Tree::from_data(&data, &Options::default())
            .with_context(|| format!("{} is not a drawing", path.display()))
    }

    fn render(tree: &Tree, size: u16) -> Result<Pixmap> {
        let width = u32::from(size);
        let mut pixels = Pixmap::new(width, width).context("an icon without pixels")?;
        let scale = f32::from(size) / tree.size().width();
        resvg::render(tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
        Ok(pixels)
    }

    /// A header, a directory of 16 bytes for each image, the images: bitmaps, and PNG at 256, the
    /// only size at which every Windows expects it.
    fn ico(
        png: impl Fn(u16) -> Result<Vec<u8>>,
        pixels: impl Fn(u16) -> Result<Pixmap>,
    ) -> Result<Vec<u8>> {
        let mut directory = Vec::new();
        let mut images = Vec::new();
        for word in [0, 1, u16::try_from(ICO.len())?] {
            directory.extend(word.to_le_bytes());
        }
        let start = 6 + 16 * ICO.len();
        for size in ICO {
            let image = if size == 256 { png(size)? } else { bitmap(&pixels(size)?)? };
            // One byte each for width and height; 256 is written as 0.
            let side = u8::try_from(size % 256)?;
            directory.extend([side, side, 0, 0, 1, 0, 32, 0]);
            directory.extend(u32::try_from(image.len())?.to_le_bytes());
            directory.extend(u32::try_from(start + images.len())?.to_le_bytes());
            images.extend(image);
        }
        directory.append(&mut images);
        Ok(directory)
    }

    /// A bitmap as icons hold them: bottom row first, blue first, then a mask that hides nothing
    /// and counts in the height.
    fn bitmap(pixels: &Pixmap) -> Result<Vec<u8>> {
        let (width, height) = (pixels.width(), pixels.height());
        let mut image = Vec::new();
        for field in [40, width, 2 * height] {
            image.extend(field.to_le_bytes());
        }
        image.extend([1, 0, 32, 0]);
        image.extend([0; 24]);
        for row in pixels.pixels().chunks(usize::try_from(width)?).rev() {
            for pixel in row.iter().map(PremultipliedColorU8::demultiply) {
                image.extend([pixel.blue(), pixel.green(), pixel.red(), pixel.alpha()]);
            }
        }
        let mask = width.div_ceil(32) * 4 * height;
        image.resize(image.len() + usize::try_from(mask)?, 0);
        Ok(image)
    }

    /// A header, then each image behind its name and length.
    fn icns(png: impl Fn(u16) -> Result<Vec<u8>>) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        for (name, size) in ICNS {
            let image = png(size)?;
            body.extend(name);
            body.extend(u32::try_from(8 + image.len())?.to_be_bytes());
            body.extend(image);
        }
        let mut file = b"icns".to_vec();
        file.extend(u32::try_from(8 + body.len())?.to_be_bytes());
        file.append(&mut body);
        Ok(file)
    }
}
