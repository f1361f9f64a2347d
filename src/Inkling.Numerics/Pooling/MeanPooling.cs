namespace Inkling.Numerics;

/// <summary>The mean of each window.</summary>
internal static unsafe class MeanPooling
{
    private const int ShareLength = 16384;

    /// <summary>y [planes, rows, columns] of x.</summary>
    public static void Forward(in PoolingSizes sizes, ReadOnlySpan<real> x, Span<real> y, Team team)
    {
        Check.Same(x.Length, sizes.Planes * sizes.InputLength, "MeanPooling", "x");
        Check.Same(y.Length, sizes.Planes * sizes.OutputLength, "MeanPooling", "y");
        fixed (real* px = x, py = y)
        {
            var body = new Body(sizes, px, py, true, true);
            body.Share(team);
        }
    }

    /// <summary>Each element of a window gets its share of the gradient of its mean.</summary>
    public static void Backward(in PoolingSizes sizes, ReadOnlySpan<real> gy, Span<real> gx, bool accumulate, Team team)
    {
        Check.Same(gx.Length, sizes.Planes * sizes.InputLength, "MeanPooling", "the gradient of x");
        Check.Same(gy.Length, sizes.Planes * sizes.OutputLength, "MeanPooling", "the gradient of y");
        fixed (real* pgy = gy, pgx = gx)
        {
            var body = new Body(sizes, pgx, pgy, false, accumulate);
            body.Share(team);
        }
    }

    /// <summary>One walk over the windows for both directions: from x to y, or from the gradient of y to that of x.</summary>
    private struct Body(PoolingSizes sizes, real* x, real* y, bool forward, bool accumulate) : IChunkBody
    {
        private readonly int PlanesOfShare => int.Max(1, ShareLength / int.Max(1, sizes.InputLength));

        public void Share(Team team) => team.For((sizes.Planes + PlanesOfShare - 1) / PlanesOfShare, ref this);

        public readonly void Run(int chunk)
        {
            int end = int.Min(sizes.Planes, (chunk + 1) * PlanesOfShare);
            for (int plane = chunk * PlanesOfShare; plane < end; plane++)
            {
                real* px = x + ((nint)plane * sizes.InputLength), py = y + ((nint)plane * sizes.OutputLength);
                if (!accumulate)
                    new Span<real>(px, sizes.InputLength).Clear();
                if (sizes.Output == (1, 1) && sizes.RowsOf(0) == (0, sizes.Input.Rows) && sizes.ColumnsOf(0) == (0, sizes.Input.Columns))
                    RunWhole(px, py);
                else
                    RunPlane(px, py);
            }
        }

        /// <summary>One window that is all of the plane.</summary>
        private readonly void RunWhole(real* px, real* py)
        {
            real share = sizes.Share((0, sizes.Input.Rows), (0, sizes.Input.Columns));
            if (forward)
            {
                *py = Reduce.Sum(new ReadOnlySpan<real>(px, sizes.InputLength)) * share;
                return;
            }

            real each = *py * share;
            for (int i = 0; i < sizes.InputLength; i++)
                px[i] += each;
        }

        private readonly void RunPlane(real* px, real* py)
        {
            for (int i = 0; i < sizes.Output.Rows; i++)
            {
                (int First, int End) rows = sizes.RowsOf(i);
                for (int j = 0; j < sizes.Output.Columns; j++, py++)
                {
                    (int First, int End) columns = sizes.ColumnsOf(j);
                    real share = sizes.Share(rows, columns);
                    if (forward)
                        *py = SumOf(px, rows, columns) * share;
                    else
                        AddTo(px, rows, columns, *py * share);
                }
            }
        }

        private readonly real SumOf(real* px, (int First, int End) rows, (int First, int End) columns)
        {
            real sum = 0;
            for (int r = rows.First; r < rows.End; r++)
            {
                real* row = px + (r * sizes.Input.Columns);
                for (int c = columns.First; c < columns.End; c++)
                    sum += row[c];
            }

            return sum;
        }

        private readonly void AddTo(real* px, (int First, int End) rows, (int First, int End) columns, real value)
        {
            for (int r = rows.First; r < rows.End; r++)
            {
                real* row = px + (r * sizes.Input.Columns);
                for (int c = columns.First; c < columns.End; c++)
                    row[c] += value;
            }
        }
    }
}
