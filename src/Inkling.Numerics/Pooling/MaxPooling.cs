namespace Inkling.Numerics;

/// <summary>
/// The largest of each window and where it was; NaN where one is NaN, the first of several equal ones. The place within the plane is kept
/// for the way back.
/// </summary>
internal static unsafe partial class MaxPooling
{
    /// <summary>Elements of a share of the planes.</summary>
    private const int ShareLength = 16384;

    /// <summary>y [planes, rows, columns] of x, and the place in its plane of each.</summary>
    public static void Forward(in PoolingSizes sizes, ReadOnlySpan<real> x, Span<real> y, Span<int> places, Team team)
    {
        Check.Same(x.Length, sizes.Planes * sizes.InputLength, "MaxPooling", "x");
        Check.Same(y.Length, sizes.Planes * sizes.OutputLength, "MaxPooling", "y");
        Check.Same(places.Length, y.Length, "MaxPooling", "the places");
        fixed (real* px = x, py = y)
        fixed (int* pp = places)
        {
            var body = new ForwardBody(sizes, px, py, pp);
            body.Share(team);
        }
    }

    /// <summary><c>gx[place] += gy</c>; without <paramref name="accumulate"/> zero elsewhere.</summary>
    public static void Backward(in PoolingSizes sizes, ReadOnlySpan<real> gy, ReadOnlySpan<int> places, Span<real> gx, bool accumulate, Team team)
    {
        Check.Same(gx.Length, sizes.Planes * sizes.InputLength, "MaxPooling", "the gradient of x");
        Check.Same(gy.Length, sizes.Planes * sizes.OutputLength, "MaxPooling", "the gradient of y");
        Check.Same(places.Length, gy.Length, "MaxPooling", "the places");
        fixed (real* pgy = gy, pgx = gx)
        fixed (int* pp = places)
        {
            var body = new BackwardBody(sizes, pgy, pgx, pp, accumulate);
            body.Share(team);
        }
    }

    private static int PlanesOfShare(in PoolingSizes sizes) => int.Max(1, ShareLength / int.Max(1, sizes.InputLength));

    private static int Shares(in PoolingSizes sizes) => (sizes.Planes + PlanesOfShare(sizes) - 1) / PlanesOfShare(sizes);

    private struct ForwardBody(PoolingSizes sizes, real* x, real* y, int* places) : IChunkBody
    {
        public void Share(Team team) => team.For(Shares(sizes), ref this);

        public readonly void Run(int chunk)
        {
            int end = int.Min(sizes.Planes, (chunk + 1) * PlanesOfShare(sizes));
            for (int plane = chunk * PlanesOfShare(sizes); plane < end; plane++)
            {
                real* from = x + ((nint)plane * sizes.InputLength), to = y + ((nint)plane * sizes.OutputLength);
                int* at = places + ((nint)plane * sizes.OutputLength);
#if !REAL_DOUBLE
                if (IsHalving(sizes))
                {
                    Halve(from, sizes.Input.Columns, to, at, sizes.Output.Rows, sizes.Output.Columns);
                    continue;
                }
#endif
                RunPlane(from, to, at);
            }
        }

        private readonly void RunPlane(real* from, real* to, int* at)
        {
            for (int i = 0; i < sizes.Output.Rows; i++)
            {
                (int firstRow, int endRow) = sizes.RowsOf(i);
                for (int j = 0; j < sizes.Output.Columns; j++, to++, at++)
                {
                    (int firstColumn, int endColumn) = sizes.ColumnsOf(j);
                    int place = (firstRow * sizes.Input.Columns) + firstColumn;
                    real largest = from[place];
                    for (int r = firstRow; r < endRow; r += sizes.Dilation.Rows)
                    {
                        for (int c = firstColumn; c < endColumn; c += sizes.Dilation.Columns)
                        {
                            int here = (r * sizes.Input.Columns) + c;
                            real value = from[here];
                            if (value <= largest || real.IsNaN(largest))
                                continue;
                            largest = value;
                            place = here;
                        }
                    }

                    *to = largest;
                    *at = place;
                }
            }
        }
    }

    private struct BackwardBody(PoolingSizes sizes, real* gy, real* gx, int* places, bool accumulate) : IChunkBody
    {
        public void Share(Team team) => team.For(Shares(sizes), ref this);

        public readonly void Run(int chunk)
        {
            int end = int.Min(sizes.Planes, (chunk + 1) * PlanesOfShare(sizes)), length = sizes.OutputLength;
            for (int plane = chunk * PlanesOfShare(sizes); plane < end; plane++)
            {
                real* from = gy + ((nint)plane * length), to = gx + ((nint)plane * sizes.InputLength);
                int* at = places + ((nint)plane * length);
                if (!accumulate)
                    new Span<real>(to, sizes.InputLength).Clear();
                for (int i = 0; i < length; i++)
                    to[at[i]] += from[i];
            }
        }
    }
}
