namespace Inkling.Nn;

/// <summary>How an <see cref="Optimizer"/> treats the parameters of one group, as in fine-tuning: lower layers slower than the head.</summary>
/// <param name="Name">The <see cref="Parameter.Group"/> it is about.</param>
/// <example><code>
/// model.Encoder.InGroup("encoder");
/// var adam = new AdamW(model.Parameters) { Groups = [new ParameterGroup("encoder") { RateFactor = 0.1f, DecayFactor = 0 }] };
/// </code></example>
public sealed record ParameterGroup(string Name)
{
    /// <summary>What the learning rate is multiplied with, at least 0. Default: 1.</summary>
    public real RateFactor { get; init => field = OptionRange.NotNegative(value, nameof(RateFactor)); } = 1;

    /// <summary>What weight decay and penalties are multiplied with, at least 0. Default: 1.</summary>
    public real DecayFactor { get; init => field = OptionRange.NotNegative(value, nameof(DecayFactor)); } = 1;
}
