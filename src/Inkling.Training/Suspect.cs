using System.Globalization;

namespace Inkling.Training;

/// <summary>Where numbers that are not finite came from.</summary>
/// <param name="Where">Item, operation or parameter.</param>
/// <param name="Cause">The likely cause and what to do.</param>
public sealed record Suspect(string Where, string Cause)
{
    /// <summary>Looks for the first operation of the step on a tape whose result is not finite, for <see cref="ITrainable.FindSuspect"/>.</summary>
    /// <param name="tape">A tape that records, right after the step.</param>
    /// <returns>The operation, or the parameter that it read, and what to do; null when all results are finite.</returns>
    public static Suspect? Find(Tape tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        if (tape.FindNonFinite() is not { } found) return null;
        string layer = found.Layer.Length > 0 ? $", the layer of '{found.Layer}' or right after it" : "", name = found.Operation.Name;
        string place = string.Create(CultureInfo.InvariantCulture, $"{name} (operation {found.Operation.Index}{layer})");
        if (found.Spoilt is { } spoilt) return new Suspect($"the parameter '{spoilt}', read by {place}", "an earlier step was too large; lower the learning rate or clip gradients (ClipNorm)");
        string cause = name.Contains("Log", StringComparison.Ordinal) || name.Contains("Divide", StringComparison.Ordinal) || name.Contains("Sqrt", StringComparison.Ordinal)
            ? "a logarithm or root of a number that is not positive, or a division by 0; keep its operand away from 0"
            : "numbers grew too large for 32 bits; lower the learning rate, clip gradients (ClipNorm), or normalise the input";
        return new Suspect(place, cause);
    }
}
