namespace Inkling.Numerics;

/// <summary>
/// The gradient of a convolution's weights over all images. Images fall into a number of shards that depends on the sizes alone, each summed
/// on its own; where the weights are many and a sum for each shard would be too large, the taps are shared out instead.
/// </summary>
internal unsafe struct WeightGradientRun : IChunkBody
{
    /// <summary>Shards, or parts of the taps.</summary>
    private const int MaximumShards = 8, MaximumParts = 4;

    /// <summary>Weights up to which each shard has its own sums.</summary>
    private const int ShardedWeights = 1 << 16;

    /// <summary>Places done at a time, so that what tiles read again stays in the first-level cache.</summary>
    private const int Band = 256;

    private const long SharedWork = 1 << 20;

    private readonly ConvolutionSizes _sizes;
    private readonly Planes _planes;
    private readonly nint* _offsets;
    private readonly real* _x;
    private readonly real* _gy;
    private readonly real* _sums;
    private readonly int _shards;
    private readonly int _parts;

    public WeightGradientRun(in ConvolutionSizes sizes, in Planes planes, nint* offsets, real* x, real* gy)
    {
        _sizes = sizes;
        _planes = planes;
        _offsets = offsets;
        _x = x;
        _gy = gy;
        bool sharded = (long)sizes.Outputs * sizes.Taps <= ShardedWeights;
        _shards = sharded ? int.Max(1, int.Min(sizes.Batch, MaximumShards)) : 1;
        _parts = sharded ? 1 : int.Min(MaximumParts, sizes.Groups > 1 ? sizes.Groups : TapTiles);
        _sums = Scratch.Rent(Scratch.Slot.Left, checked(_shards * ShardLength));
    }

    /// <summary>Output channels of a group, rounded up to whole registers.</summary>
    private readonly int Stride => TapTables.SegmentsOf(_sizes.GroupOutputs) * TapTables.LaneLength;

    private readonly int GroupLength => _sizes.Taps * Stride;

    private readonly int ShardLength => checked(_sizes.Groups * GroupLength);

    private readonly int TapTiles => (_sizes.Taps + GradientTile.MaximumRows - 1) / GradientTile.MaximumRows;

    /// <summary>Does it all; the result is <c>gw</c> or is added to it.</summary>
    public void Share(real* gw, bool accumulate, Team team)
    {
        (_sizes.Work < SharedWork ? Team.Single : team).For(_shards * _parts, ref this);
        for (int shard = 1; shard < _shards; shard++)
            Elementwise.Add(new ReadOnlySpan<real>(_sums + ((nint)shard * ShardLength), ShardLength), new Span<real>(_sums, ShardLength));
        int taps = _sizes.Taps, outputs = _sizes.GroupOutputs;
        for (int group = 0; group < _sizes.Groups; group++, gw += (nint)outputs * taps)
        {
            real* sums = _sums + ((nint)group * GroupLength);
            if (!accumulate)
            {
                Transposition.Transpose(taps, outputs, sums, Stride, gw, taps);
                continue;
            }

            for (int o = 0; o < outputs; o++)
            {
                for (int k = 0; k < taps; k++)
                    gw[((nint)o * taps) + k] += sums[((nint)k * Stride) + o];
            }
        }
    }

    public readonly void Run(int chunk)
    {
        var kernel = new Kernel(this, chunk / _parts, chunk % _parts);
        Lanes.Run(ref kernel);
    }

    private readonly struct Kernel(WeightGradientRun run, int shard, int part) : ILaneKernel
    {
        public void Run<V>()
            where V : struct, ILane<V>
        {
            ConvolutionSizes s = run._sizes;
            int firstTile = 0, endTile = run.TapTiles, firstGroup = 0, endGroup = s.Groups;
            if (s.Groups > 1)
                (firstGroup, endGroup) = (s.Groups * part / run._parts, s.Groups * (part + 1) / run._parts);
            else
                (firstTile, endTile) = (endTile * part / run._parts, endTile * (part + 1) / run._parts);
            int stride = run.Stride, places = s.OutputLength;
            real* planes = Scratch.Rent(Scratch.Slot.Other, checked(run._planes.Length + (places * stride)));
            real* turned = planes + run._planes.Length;
            real* sums = run._sums + ((nint)shard * run.ShardLength);
            for (int group = firstGroup; group < endGroup; group++)
            {
                int firstTap = run.Tap(firstTile), endTap = run.Tap(endTile);
                new Span<real>(sums + ((nint)group * run.GroupLength) + ((nint)firstTap * stride), (endTap - firstTap) * stride).Clear();
            }

            int end = (int)((long)s.Batch * (shard + 1) / run._shards);
            for (int image = (int)((long)s.Batch * shard / run._shards); image < end; image++)
            {
                for (int group = firstGroup; group < endGroup; group++)
                {
                    nint place = ((nint)image * s.Groups) + group;
                    run._planes.Fill(run._x + (place * s.GroupChannels * s.InputLength), planes);
                    Transposition.Transpose(s.GroupOutputs, places, run._gy + (place * s.GroupOutputs * places), places, turned, stride);
                    RunImage<V>(planes, turned, sums + ((nint)group * run.GroupLength), firstTile, endTile);
                }
            }
        }

        private void RunImage<V>(real* planes, real* turned, real* sums, int firstTile, int endTile)
            where V : struct, ILane<V>
        {
            ConvolutionSizes s = run._sizes;
            int stride = run.Stride, rows = int.Max(1, Band / s.OutputWidth);
            for (int y = 0; y < s.OutputHeight; y += rows)
            {
                for (int o = 0; o < stride; o += 2 * V.Count)
                {
                    bool two = stride - o > V.Count;
                    for (int t = firstTile; t < endTile; t++)
                    {
                        int tap = run.Tap(t);
                        var tile = new GradientTile
                        {
                            Planes = planes + ((nint)y * run._planes.Columns),
                            Offsets = run._offsets + tap,
                            PlaneStride = run._planes.Columns,
                            Rows = int.Min(rows, s.OutputHeight - y),
                            Columns = s.OutputWidth,
                            Gradients = turned + ((nint)y * s.OutputWidth * stride) + o,
                            GradientStride = stride,
                            Result = sums + ((nint)tap * stride) + o,
                            ResultStride = stride,
                        };
                        tile.Run<V>(run.Tap(t + 1) - tap, two);
                    }
                }
            }
        }
    }

    /// <summary>The first tap of a tile; tiles are of nearly equal height.</summary>
    private readonly int Tap(int tile) => (int)((long)_sizes.Taps * tile / TapTiles);
}
