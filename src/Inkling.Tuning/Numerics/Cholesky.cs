namespace Inkling.Tuning;

/// <summary>The lower triangle L with <c>L Lᵀ = A</c>, by rows, and what is solved with it.</summary>
internal sealed class Cholesky(int capacity)
{
    private double[][] _rows = [.. Enumerable.Range(0, capacity).Select(i => new double[i + 1])];

    /// <summary>Rows of the lower triangle: to be filled with A, then factored in place.</summary>
    public double[][] Rows => _rows;

    public int Size { get; private set; }

    /// <summary>Factors A, given in the first <paramref name="size"/> rows; false if it is not positive definite.</summary>
    public bool Factor(int size)
    {
        Size = size;
        for (int i = 0; i < size; i++)
        {
            if (!FactorRow(i)) return false;
        }

        return true;
    }

    /// <summary>Adds a row of A below a factored matrix; false if the larger one is not positive definite.</summary>
    public bool Append(ReadOnlySpan<double> row)
    {
        if (Size == _rows.Length) _rows = [.. _rows, new double[Size + 1]];
        row.CopyTo(_rows[Size]);
        return FactorRow(Size++);
    }

    /// <summary><c>log |A|</c>.</summary>
    public double LogDeterminant()
    {
        double sum = 0;
        for (int i = 0; i < Size; i++)
            sum += Math.Log(_rows[i][i]);
        return 2 * sum;
    }

    /// <summary>Solves <c>L x = b</c> in place.</summary>
    public void SolveLower(Span<double> b)
    {
        for (int i = 0; i < Size; i++)
            b[i] = (b[i] - VectorMath.Dot(_rows[i].AsSpan(0, i), b)) / _rows[i][i];
    }

    /// <summary>Solves <c>Lᵀ x = b</c> in place.</summary>
    public void SolveUpper(Span<double> b)
    {
        for (int i = Size - 1; i >= 0; i--)
        {
            b[i] /= _rows[i][i];
            VectorMath.Add(-b[i], _rows[i].AsSpan(0, i), b);
        }
    }

    /// <summary>Solves <c>L X = B</c> in place for many right-hand sides: row i of B holds the i-th elements of all.</summary>
    public void SolveLower(double[][] b, int count)
    {
        for (int i = 0; i < Size; i++)
        {
            Span<double> row = b[i].AsSpan(0, count);
            for (int k = 0; k < i; k++)
                VectorMath.Add(-_rows[i][k], b[k].AsSpan(0, count), row);
            double inverse = 1 / _rows[i][i];
            foreach (ref double value in row)
                value *= inverse;
        }
    }

    /// <summary>Writes the lower triangle of the inverse of A.</summary>
    public void Inverse(double[][] result)
    {
        // Rows of the inverse of L first, then their products: A⁻¹ = Σ_k (row k)ᵀ (row k).
        double[][] lower = [.. Enumerable.Range(0, Size).Select(i => new double[i + 1])];
        for (int i = 0; i < Size; i++)
        {
            double[] row = lower[i];
            for (int k = 0; k < i; k++)
                VectorMath.Add(-_rows[i][k], lower[k], row);
            double inverse = 1 / _rows[i][i];
            for (int k = 0; k < i; k++)
                row[k] *= inverse;
            row[i] = inverse;
        }

        for (int i = 0; i < Size; i++)
            result[i].AsSpan(0, i + 1).Clear();
        for (int k = 0; k < Size; k++)
        {
            for (int i = 0; i <= k; i++)
                VectorMath.Add(lower[k][i], lower[k].AsSpan(0, i + 1), result[i]);
        }
    }

    private bool FactorRow(int i)
    {
        double[] row = _rows[i];
        for (int j = 0; j < i; j++)
            row[j] = (row[j] - VectorMath.Dot(row.AsSpan(0, j), _rows[j])) / _rows[j][j];
        double rest = row[i] - VectorMath.Dot(row.AsSpan(0, i), row);
        if (!(rest > 0)) return false;
        row[i] = Math.Sqrt(rest);
        return true;
    }
}
