namespace Inkling.App.Studio.Studying.Plots;

/// <summary>What the classes of <c>studies.css</c> look like in a file of its own, on white paper.</summary>
internal static class PlotStyle
{
    /// <summary>Steps from the best to the worst.</summary>
    public const int Steps = 6;

    // From the best (dark) to the worst (light), told apart without colour too.
    private static readonly string[] s_scale = ["#2d2f93", "#4c4fc4", "#7679d8", "#9fa2e6", "#c3c5f1", "#dedff8"];

    private static readonly Dictionary<string, string> s_attributes = new()
    {
        ["grid"] = "stroke=\"#e5e1d6\" stroke-width=\"1\"",
        ["axis"] = "stroke=\"#8d8a80\" stroke-width=\"1\"",
        ["label"] = "fill=\"#565b6d\" font-family=\"sans-serif\" font-size=\"12\"",
        ["name"] = "fill=\"#1b1d29\" font-family=\"sans-serif\" font-size=\"12\" font-weight=\"bold\"",
        ["dot"] = "fill=\"#3d3fb8\" fill-opacity=\"0.65\"",
        ["dot-pruned"] = "fill=\"none\" stroke=\"#8a5200\" stroke-width=\"1.5\"",
        ["dot-failed"] = "fill=\"#b3261e\"",
        ["dot-best"] = "fill=\"#ffffff\" stroke=\"#3d3fb8\" stroke-width=\"2.5\"",
        ["dot-mark"] = "fill=\"#ffffff\" stroke=\"#1b1d29\" stroke-width=\"0.75\"",
        ["dot-other"] = "fill=\"#146c47\" fill-opacity=\"0.65\"",
        ["line"] = "fill=\"none\" stroke=\"#3d3fb8\" stroke-width=\"2\"",
        ["line-other"] = "fill=\"none\" stroke=\"#146c47\" stroke-width=\"2\" stroke-dasharray=\"7 4\"",
        ["line-thin"] = "fill=\"none\" stroke=\"#3d3fb8\" stroke-width=\"1\" stroke-opacity=\"0.5\"",
        ["line-pruned"] = "fill=\"none\" stroke=\"#8a5200\" stroke-width=\"1\" stroke-opacity=\"0.5\" stroke-dasharray=\"4 3\"",
        ["bar"] = "fill=\"#3d3fb8\"",
        ["bar-pruned"] = "fill=\"#d9a14d\"",
        ["bar-failed"] = "fill=\"#b3261e\"",
        ["bar-running"] = "fill=\"#ecebfa\" stroke=\"#3d3fb8\" stroke-width=\"1\"",
    };

    /// <summary>The look of a step of the scale, as a filled cell.</summary>
    public static string Cell(int step) => $"cell cell-{step}";

    /// <summary>The look of a step of the scale, as a line.</summary>
    public static string Strand(int step) => $"strand strand-{step}";

    /// <summary>The attributes of a class.</summary>
    public static string Attributes(string style)
    {
        if (style.StartsWith("cell ", StringComparison.Ordinal)) return $"fill=\"{s_scale[style[^1] - '0']}\"";
        return style.StartsWith("strand ", StringComparison.Ordinal) ? $"fill=\"none\" stroke=\"{s_scale[style[^1] - '0']}\" stroke-width=\"1.25\"" : s_attributes[style];
    }
}
