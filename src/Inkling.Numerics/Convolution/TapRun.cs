namespace Inkling.Numerics;

/// <summary>
/// Runs <see cref="TapPass"/>es over all images. The planes of an image and the blocks of weights are chosen to stay in the caches. A chunk is an
/// image, or of few images a part of the channels: no result depends on another, so nobody can tell who computed it.
/// </summary>
internal unsafe struct TapRun : IChunkBody
{
    /// <summary>Taps of a block: with 3 × 3 taps a channel, what they read of some rows stays in the first-level cache.</summary>
    private const int MaximumDepth = 192;

    /// <summary>Elements of the planes that a block of segments reads, 12 KB, so that all tiles find them in the first-level cache.</summary>
    private const int MaximumBand = 3072;

    /// <summary>Multiply-adds from which a second thread pays.</summary>
    private const long SharedWork = 1 << 20;

    /// <summary>Chunks that few images are cut into.</summary>
    private const int FewestChunks = 8;

    public Planes Planes;
    public TapPass* Passes;
    public int PassCount;
    public int Groups;

    /// <summary>Channels of results of a group.</summary>
    public int Rows;

    /// <summary>Elements of a channel of results.</summary>
    public int ResultLength;

    /// <summary>Elements of a channel of the largest pass, or 0 when results are stored where they belong at once.</summary>
    public int Compact;

    /// <summary>From one result of a pass to the next in a row.</summary>
    public int TargetStep;

    /// <summary>Whether results are added to what is there.</summary>
    public bool Accumulate;

    public real* Source;
    public real* Bias;
    public real* Result;

    private int _parts;

    private readonly int Tiles => (Rows + ConvolutionTile.MaximumRows - 1) / ConvolutionTile.MaximumRows;

    /// <summary>Does it all.</summary>
    public void Share(int images, long work, Team team)
    {
        int units = Groups > 1 ? Groups : Tiles;
        _parts = images >= FewestChunks ? 1 : int.Min(units, (FewestChunks + images - 1) / images);
        (work < SharedWork ? Team.Single : team).For(images * _parts, ref this);
    }

    public readonly void Run(int chunk)
    {
        var kernel = new Kernel(this, chunk / _parts, chunk % _parts);
        Lanes.Run(ref kernel);
    }

    /// <summary>Puts the weights of all groups into the order in which the tiles read them.</summary>
    /// <param name="pass">Which taps.</param>
    /// <param name="weights">The weight tensor.</param>
    /// <param name="rowStride">From the weights of one channel of results to those of the next.</param>
    /// <param name="groupStride">From one group to the next.</param>
    public readonly void Pack(in TapPass pass, real* weights, nint rowStride, nint groupStride)
    {
        real* to = pass.Packed;
        for (int group = 0; group < Groups; group++, weights += groupStride)
        {
            int depth = DepthOf(pass.Taps);
            for (int k0 = 0; k0 < pass.Taps; k0 += depth)
            {
                int end = int.Min(pass.Taps, k0 + depth);
                for (int t = 0; t < Tiles; t++)
                {
                    (int first, int rows) = Tile(t);
                    for (int k = k0; k < end; k++)
                    {
                        real* from = weights + (first * rowStride) + pass.Weights[k];
                        for (int i = 0; i < rows; i++)
                            *to++ = from[i * rowStride];
                    }
                }
            }
        }
    }

    /// <summary>Taps of a block: blocks are of nearly equal depth.</summary>
    private static int DepthOf(int taps)
    {
        int blocks = int.Max(1, (taps + MaximumDepth - 1) / MaximumDepth);
        return int.Max(1, (taps + blocks - 1) / blocks);
    }

    /// <summary>Tiles of nearly equal height: 32 rows are 6 + 5 + 5 + 6 + 5 + 5.</summary>
    private readonly (int First, int Rows) Tile(int tile)
    {
        int first = (int)((long)Rows * tile / Tiles);
        return (first, (int)((long)Rows * (tile + 1) / Tiles) - first);
    }

    private readonly struct Kernel(TapRun run, int image, int part) : ILaneKernel
    {
        public void Run<V>()
            where V : struct, ILane<V>
        {
            int groups = run.Groups, firstTile = 0, endTile = run.Tiles, firstGroup = 0, endGroup = groups;
            if (groups > 1)
                (firstGroup, endGroup) = (groups * part / run._parts, groups * (part + 1) / run._parts);
            else
                (firstTile, endTile) = (endTile * part / run._parts, endTile * (part + 1) / run._parts);
            int inputs = run.Planes.Channels * run.Planes.Height * run.Planes.Width, length = run.Planes.Length;
            real* planes = Scratch.Rent(Scratch.Slot.Other, checked(length + (ConvolutionTile.MaximumRows * run.Compact)));
            for (int group = firstGroup; group < endGroup; group++)
            {
                nint place = ((nint)image * groups) + group;
                run.Planes.Fill(run.Source + (place * inputs), planes);
                real* result = run.Result + (place * run.Rows * run.ResultLength);
                real* bias = run.Bias is null ? null : run.Bias + (group * run.Rows);
                for (int p = 0; p < run.PassCount; p++)
                    RunPass<V>(run.Passes[p], group, firstTile, endTile, planes, planes + length, result, bias);
            }
        }

        private void RunPass<V>(in TapPass pass, int group, int firstTile, int endTile, real* planes, real* compact, real* result, real* bias)
            where V : struct, ILane<V>
        {
            int block = DepthOf(pass.Taps);
            if (run.Compact != 0)
            {
                for (int t = firstTile; t < endTile; t++)
                {
                    (int first, int rows) = run.Tile(t);
                    for (int k = 0; k < int.Max(1, pass.Taps); k += block)
                        RunTile<V>(pass, group, t, k, 0, pass.SegmentCount, planes, compact - ((nint)first * run.Compact), run.Compact, bias, k > 0);
                    Deal(pass, rows, compact, result + ((nint)first * run.ResultLength));
                }

                return;
            }

            for (int k = 0; k < int.Max(1, pass.Taps); k += block)
            {
                int depth = int.Min(block, pass.Taps - k), channels = 1 + (int)((long)depth * run.Planes.Channels / int.Max(1, pass.Taps));
                int band = int.Max(2, MaximumBand / (channels * V.Count) & ~1);
                for (int s = 0; s < pass.SegmentCount; s += band)
                {
                    int count = int.Min(band, pass.SegmentCount - s);
                    for (int t = firstTile; t < endTile; t++)
                        RunTile<V>(pass, group, t, k, s, count, planes, result, run.ResultLength, bias, run.Accumulate || k > 0);
                }
            }
        }

        private void RunTile<V>(
            in TapPass pass, int group, int t, int k, int segment, int count, real* planes, real* result, nint resultStride, real* bias, bool accumulate)
            where V : struct, ILane<V>
        {
            (int first, int rows) = run.Tile(t);
            int depth = int.Min(DepthOf(pass.Taps), pass.Taps - k);
            var tile = new ConvolutionTile
            {
                A = pass.Packed + ((nint)group * run.Rows * pass.Taps) + ((nint)k * run.Rows) + ((nint)first * depth),
                Offsets = pass.Offsets + k,
                Taps = depth,
                Planes = planes,
                Segments = pass.Segments + segment,
                SegmentCount = count,
                Result = result + (first * resultStride),
                ResultStride = resultStride,
                Bias = bias is null ? null : bias + first,
                Accumulate = accumulate,
            };
            tile.Run<V>(rows);
        }

        /// <summary>From side by side to every s-th column.</summary>
        private void Deal(in TapPass pass, int rows, real* compact, real* result)
        {
            int step = run.TargetStep;
            for (int i = 0; i < rows; i++, compact += run.Compact, result += run.ResultLength)
            {
                for (int s = 0; s < pass.SegmentCount; s++)
                {
                    TapSegment segment = pass.Segments[s];
                    real* from = compact + segment.Out, to = result + segment.Target;
                    for (int j = 0; j < segment.Count; j++, to += step)
                        *to = run.Accumulate ? *to + from[j] : from[j];
                }
            }
        }
    }
}
