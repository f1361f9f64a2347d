namespace Inkling.Training;

/// <summary>What a validation found.</summary>
/// <param name="Loss">The mean loss over all held-out targets; nats for language models. Lower is better; it decides early stopping.</param>
/// <param name="BitsPerCharacter">For language models, the loss in bits over the characters of the text; otherwise null.</param>
public sealed record ValidationResult(double Loss, double? BitsPerCharacter = null);
