namespace Inkling.Playground;

/// <summary>Something in a text that a unit follows.</summary>
/// <param name="What">What, in words.</param>
/// <param name="Layer">The unit's layer, from 1.</param>
/// <param name="Unit">The unit, from 1.</param>
/// <param name="Correlation">Pearson's correlation of its hidden state with it, −1 to 1.</param>
public sealed record UnitMeaning(string What, int Layer, int Unit, double Correlation);
