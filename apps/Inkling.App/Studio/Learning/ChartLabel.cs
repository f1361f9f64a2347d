using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Inkling.App.Studio.Learning;

/// <summary>Text in a drawing. A component, because Razor takes a <c>text</c> element for a directive of its own.</summary>
public sealed class ChartLabel : ComponentBase
{
    /// <summary>Horizontal pixel of the anchor.</summary>
    [Parameter, EditorRequired] public double X { get; set; }

    /// <summary>Pixel of the base line.</summary>
    [Parameter, EditorRequired] public double Y { get; set; }

    /// <summary>Which end of the text stands at <see cref="X"/>: <c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    [Parameter] public string Anchor { get; set; } = "middle";

    /// <summary>What it says.</summary>
    [Parameter, EditorRequired] public string Text { get; set; } = "";

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", "label");
        builder.AddAttribute(2, "x", X.ToString("0.#", CultureInfo.InvariantCulture));
        builder.AddAttribute(3, "y", Y.ToString("0.#", CultureInfo.InvariantCulture));
        builder.AddAttribute(4, "text-anchor", Anchor);
        builder.AddContent(5, Text);
        builder.CloseElement();
    }
}
