namespace Inkling.Comparison;

/// <summary>A matrix product, <c>C = op(A) · op(B)</c>: op(A) is m × k, op(B) k × n, row-major.</summary>
/// <param name="M">Rows of C.</param>
/// <param name="N">Columns of C.</param>
/// <param name="K">Length of the sums.</param>
/// <param name="TransposeA">Whether A is stored as k × m.</param>
/// <param name="TransposeB">Whether B is stored as n × k.</param>
internal sealed record ProductCase(int M, int N, int K, bool TransposeA = false, bool TransposeB = false)
{
    /// <summary>Sizes and form, such as <c>64x2048x512-nt</c>.</summary>
    public string Name => $"{M}x{N}x{K}-{(TransposeA ? 't' : 'n')}{(TransposeB ? 't' : 'n')}";

    /// <summary>Arithmetic in GFLOP.</summary>
    public double Work => 2e-9 * M * N * K;

    /// <summary>Row stride of A as stored.</summary>
    public int StrideA => TransposeA ? M : K;

    /// <summary>Row stride of B as stored.</summary>
    public int StrideB => TransposeB ? K : N;

    /// <summary>As a question to a peer: what it shall do, and the sizes.</summary>
    public FormattableString Question(string verb, double seconds = 0) =>
        $"{verb} {M} {N} {K} {(TransposeA ? 1 : 0)} {(TransposeB ? 1 : 0)} {seconds}";

    /// <summary>Reads a question: the verb, the case, the seconds.</summary>
    public static (string Verb, ProductCase Case, double Seconds) Read(string line)
    {
        string[] fields = line.Split(' ');
        int[] numbers = [.. fields[1..6].Select(field => int.Parse(field, System.Globalization.CultureInfo.InvariantCulture))];
        var one = new ProductCase(numbers[0], numbers[1], numbers[2], numbers[3] == 1, numbers[4] == 1);
        return (fields[0], one, double.Parse(fields[6], System.Globalization.CultureInfo.InvariantCulture));
    }
}
