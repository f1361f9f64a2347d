namespace Inkling.App.Studio.Playing;

/// <summary>How the layers are.</summary>
/// <param name="Layers">The one beside the inputs first.</param>
/// <param name="Words">What their gradients together mean.</param>
internal sealed record LayersAnswer(LayerAnswer[] Layers, string Words);

/// <summary>How a layer is.</summary>
/// <param name="Title">How it is called.</param>
/// <param name="Units">Its units.</param>
/// <param name="Norm">The length of its gradient.</param>
/// <param name="Dead">How many units never fire.</param>
/// <param name="Stuck">How many are saturated on every point.</param>
/// <param name="Saturated">The share of saturated outputs.</param>
/// <param name="Off">The share of outputs that are off.</param>
/// <param name="Activations">Where outputs lie.</param>
/// <param name="Gradients">Where gradients lie.</param>
/// <param name="Words">What that means.</param>
internal sealed record LayerAnswer(string Title, int Units, double? Norm, int Dead, int Stuck, double? Saturated, double? Off, HistogramAnswer Activations, HistogramAnswer Gradients, string Words);

/// <summary>How often numbers lie where.</summary>
/// <param name="Low">Where the first bin begins.</param>
/// <param name="High">Where the last one ends.</param>
/// <param name="Counts">How many lie in each.</param>
internal sealed record HistogramAnswer(double? Low, double? High, IReadOnlyList<int> Counts);
