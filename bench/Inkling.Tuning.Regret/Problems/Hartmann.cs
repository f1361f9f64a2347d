namespace Inkling.Tuning.Regret;

/// <summary>Sums of four Gaussian hollows in the unit cube (*Hartman 1973*; constants as in *Dixon and Szegö 1978*).</summary>
internal static class Hartmann
{
    private static readonly double[] Depths = [1.0, 1.2, 3.0, 3.2];

    public static double Three(double[] x) => Sum(x,
        [[3, 10, 30], [0.1, 10, 35], [3, 10, 30], [0.1, 10, 35]],
        [[3689, 1170, 2673], [4699, 4387, 7470], [1091, 8732, 5547], [381, 5743, 8828]]);

    public static double Six(double[] x) => Sum(x,
        [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]],
        [[1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991], [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381]]);

    private static double Sum(double[] x, double[][] steepness, double[][] places)
        => -Enumerable.Range(0, 4).Sum(i => Depths[i] * Math.Exp(-Enumerable.Range(0, x.Length).Sum(j => steepness[i][j] * Math.Pow(x[j] - places[i][j] * 1e-4, 2))));
}
