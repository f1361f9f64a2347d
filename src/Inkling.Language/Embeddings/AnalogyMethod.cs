namespace Inkling.Language;

/// <summary>How the candidates of an analogy are compared (Levy, Goldberg 2014, §3).</summary>
public enum AnalogyMethod
{
    /// <summary>3CosAdd: <c>cos(x, Σ plus − Σ minus)</c>, the vectors at length 1.</summary>
    Add,

    /// <summary>3CosMul: <c>Π cos(x, plus) ÷ (Π cos(x, minus) + 0.001)</c>, cosines moved to [0, 1]; keeps one large term from deciding alone.</summary>
    Multiply,
}
