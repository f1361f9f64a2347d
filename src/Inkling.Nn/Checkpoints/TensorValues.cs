namespace Inkling.Nn.Checkpoints;

/// <summary>Gives the values of a tensor at the moment they are written to a file; row-major.</summary>
/// <returns>The values; always as many.</returns>
public delegate ReadOnlySpan<float> TensorValues();
