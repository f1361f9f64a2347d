using System.Globalization;

namespace Inkling.Nn;

/// <summary>The worst element of a parameter in a <see cref="GradientCheck"/>.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Element">Which element.</param>
/// <param name="Analytic">What <see cref="Tape.Backward"/> computed.</param>
/// <param name="Numeric">What the differences say; NaN when all elements were skipped.</param>
/// <param name="Error">Their difference in multiples of what is allowed: more than 1 is wrong.</param>
/// <param name="Compared">How many elements were compared.</param>
/// <param name="Skipped">How many were skipped, near a kink.</param>
public sealed record GradientDifference(string Parameter, int Element, double Analytic, double Numeric, double Error, int Compared, int Skipped)
{
    /// <summary>A line of a report.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(Error <= 1 ? "ok   " : "WRONG")} {Parameter}[{Element}]: backward {Analytic:G6}, differences {Numeric:G6} ({Error:0.##} of what is allowed; {Compared} compared{(Skipped > 0 ? $", {Skipped} near a kink" : "")})");
}
