using Inkling.App.Studio.Learning;

namespace Inkling.App.Studio.Studying.Plots;

/// <summary>The axes that most plots have: numbers to the right and upwards.</summary>
internal sealed class PlotFrame
{
    /// <summary>Width and height of most plots.</summary>
    public const int Width = 640, Height = 316;

    private const int Left = 64, Right = 16, Top = 30, Bottom = 44;

    /// <summary>Draws grid and names.</summary>
    public PlotFrame(bool alone, (double Least, double Most) x, (double Least, double Most) y, string nameX, string nameY, bool whole = false)
    {
        Drawing = new Drawing(Width, Height, alone);
        X = new ChartScale(x.Least, x.Most, Left, Width - Right, 6, wide: false);
        Y = new ChartScale(y.Least, y.Most, Height - Bottom, Top, 5);
        foreach (double tick in Y.Ticks)
        {
            Drawing.Line("grid", Left, Y.At(tick), Width - Right, Y.At(tick));
            Drawing.Text(Left - 8, Y.At(tick) + 4, Y.Label(tick), "end");
        }

        foreach (double tick in X.Ticks.Where(tick => !whole || tick == Math.Round(tick)))
            Drawing.Text(X.At(tick), Height - Bottom + 18, X.Label(tick));
        Drawing.Text((Left + Width - Right) / 2.0, Height - 6, nameX, style: "name");
        Drawing.Text(4, Top - 14, nameY, "start", "name");
    }

    /// <summary>What is drawn on.</summary>
    public Drawing Drawing { get; }

    /// <summary>To the right.</summary>
    public ChartScale X { get; }

    /// <summary>Upwards.</summary>
    public ChartScale Y { get; }

    /// <summary>A drawing that says why there is nothing to draw yet.</summary>
    public static string Empty(bool alone, string title, string words)
    {
        var drawing = new Drawing(Width, 120, alone);
        drawing.Text(Width / 2.0, 64, words);
        return drawing.Finish(title, words);
    }
}
