namespace Inkling.Onnx.Operators;

/// <summary>The determinant of each square matrix, by elimination with the largest pivot of the column, in 64 bits.</summary>
internal sealed class Det : FloatOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        if (x.Rank < 2 || x.Sizes[^1] != x.Sizes[^2])
            throw new OnnxException("square matrices are wanted");
        int n = x.Sizes[^1];
        T[] result = new T[Dimensions.Product(x.Shape[..^2])];
        for (int i = 0; i < result.Length; i++)
            result[i] = T.CreateTruncating(Determinant(Array.ConvertAll(x.Data[(i * n * n)..((i + 1) * n * n)], double.CreateTruncating), n));
        return [new OnnxValue<T>(x.Sizes[..^2], result)];
    }

    private static double Determinant(double[] a, int n)
    {
        double determinant = 1;
        for (int column = 0; column < n; column++)
        {
            int pivot = column;
            for (int row = column + 1; row < n; row++)
                pivot = double.Abs(a[(row * n) + column]) > double.Abs(a[(pivot * n) + column]) ? row : pivot;
            double largest = a[(pivot * n) + column];
            if (largest == 0)
                return 0;
            determinant *= pivot == column ? largest : -largest;
            for (int j = column; j < n; j++)
                (a[(column * n) + j], a[(pivot * n) + j]) = (a[(pivot * n) + j], a[(column * n) + j]);
            for (int row = column + 1; row < n; row++)
            {
                double factor = a[(row * n) + column] / largest;
                for (int j = column; j < n; j++)
                    a[(row * n) + j] -= factor * a[(column * n) + j];
            }
        }

        return determinant;
    }
}
