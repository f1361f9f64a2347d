namespace Inkling.Numerics;

/// <summary>
/// Copies an array with its axes in another order. Neighbouring axes that stay neighbours are merged first; then either the last axis
/// stays last and rows are copied whole, or the last axes of source and destination form matrices that are transposed in blocks.
/// </summary>
internal static unsafe class Permutation
{
    /// <summary>The largest number of axes.</summary>
    public const int MaximumRank = 6;

    /// <summary>Pieces that a large copy is cut into: more than threads, so that one held up leaves the rest to the others.</summary>
    private const int Pieces = 16;

    /// <summary><c>destination[i(axes[0]), i(axes[1]), …] = source[i(0), i(1), …]</c>.</summary>
    /// <param name="sizes">The sizes of the source's axes.</param>
    /// <param name="axes">Which axis of the source each axis of the destination is.</param>
    /// <param name="source">Row-major.</param>
    /// <param name="destination">Row-major, apart from the source.</param>
    /// <param name="team">Who works.</param>
    public static void Copy(ReadOnlySpan<int> sizes, ReadOnlySpan<int> axes, ReadOnlySpan<real> source, Span<real> destination, Team team)
    {
        long length = 1;
        foreach (int size in sizes)
            length *= size;
        Check.Same(source.Length, (int)length, "Permute", "the source");
        Check.Same(destination.Length, (int)length, "Permute", "the destination");
        if (length == 0)
            return;
        fixed (real* from = source, to = destination)
        {
            var body = new Body(from, to, sizes, axes);
            int pieces = length < 2 * Ranges.ChunkLength ? 1 : int.Min(Pieces, body.Blocks);
            body.Pieces = pieces;
            team.For(pieces, ref body);
        }
    }

    /// <summary>An odometer over all axes but those of a block, and a block copied for each of its positions.</summary>
    private struct Body : IChunkBody
    {
        private readonly real* _source;
        private readonly real* _destination;
        private readonly bool _rowsStay;
        private readonly int _rows;
        private readonly int _columns;
        private readonly nint _sourceRow;
        private readonly nint _destinationRow;
        private readonly int _outer;
        private fixed int _size[MaximumRank];
        private fixed long _sourceStride[MaximumRank];
        private fixed long _destinationStride[MaximumRank];

        public int Pieces;

        public Body(real* source, real* destination, ReadOnlySpan<int> sizes, ReadOnlySpan<int> axes)
        {
            _source = source;
            _destination = destination;
            int rank = Merge(sizes, axes);
            int last = rank - 1;
            _rowsStay = _sourceStride[last] == 1;
            _columns = 1;
            int inner = last;
            if (_rowsStay)
            {
                _rows = _size[last];
            }
            else
            {
                for (inner = 0; _sourceStride[inner] != 1;)
                    inner++;
                _rows = _size[last];
                _columns = _size[inner];
                _sourceRow = (nint)_sourceStride[last];
                _destinationRow = (nint)_destinationStride[inner];
            }

            int outer = 0;
            for (int k = 0; k < last; k++)
            {
                if (k == inner)
                    continue;
                _size[outer] = _size[k];
                _sourceStride[outer] = _sourceStride[k];
                _destinationStride[outer] = _destinationStride[k];
                outer++;
            }

            _outer = outer;
            Blocks = 1;
            for (int k = 0; k < outer; k++)
                Blocks *= _size[k];
        }

        /// <summary>Positions of the odometer.</summary>
        public int Blocks { get; }

        /// <summary>Axes in the order of the destination, those of size 1 left out, neighbours in both arrays merged.</summary>
        private int Merge(ReadOnlySpan<int> sizes, ReadOnlySpan<int> axes)
        {
            Span<long> stride = stackalloc long[MaximumRank];
            long step = 1;
            for (int k = sizes.Length - 1; k >= 0; k--)
            {
                stride[k] = step;
                step *= sizes[k];
            }

            int rank = 0;
            foreach (int axis in axes)
            {
                if (sizes[axis] == 1)
                    continue;
                if (rank > 0 && _sourceStride[rank - 1] == stride[axis] * sizes[axis])
                {
                    _size[rank - 1] *= sizes[axis];
                    _sourceStride[rank - 1] = stride[axis];
                    continue;
                }

                _size[rank] = sizes[axis];
                _sourceStride[rank++] = stride[axis];
            }

            if (rank == 0)
            {
                _size[0] = 1;
                _sourceStride[0] = 1;
                rank = 1;
            }

            step = 1;
            for (int k = rank - 1; k >= 0; k--)
            {
                _destinationStride[k] = step;
                step *= _size[k];
            }

            return rank;
        }

        public readonly void Run(int chunk)
        {
            int start = (int)((long)Blocks * chunk / Pieces), end = (int)((long)Blocks * (chunk + 1) / Pieces);
            int* index = stackalloc int[MaximumRank];
            real* from = _source, to = _destination;
            for (int k = _outer - 1, rest = start; k >= 0; rest /= _size[k--])
            {
                index[k] = rest % _size[k];
                from += index[k] * _sourceStride[k];
                to += index[k] * _destinationStride[k];
            }

            for (int block = start; block < end; block++)
            {
                if (_rowsStay)
                    new ReadOnlySpan<real>(from, _rows).CopyTo(new Span<real>(to, _rows));
                else
                    Transposition.Transpose(_rows, _columns, from, _sourceRow, to, _destinationRow);
                for (int k = _outer - 1; k >= 0; k--)
                {
                    from += _sourceStride[k];
                    to += _destinationStride[k];
                    if (++index[k] < _size[k])
                        break;
                    from -= _size[k] * _sourceStride[k];
                    to -= _size[k] * _destinationStride[k];
                    index[k] = 0;
                }
            }
        }
    }
}
