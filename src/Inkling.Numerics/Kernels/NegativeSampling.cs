using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// The step of negative sampling (Mikolov et al. 2013, eq. 4) for some input rows x and output rows y at once: with targets t of 1 (the word that was there)
/// or 0 (a drawn one), <c>e[i, j] = η (t[j] − σ(x[i] · y[j]))</c>, <c>change[i] = Σⱼ e[i, j] y[j]</c> and <c>y[j] ← y[j] + Σᵢ e[i, j] x[i]</c>, which
/// ascends <c>Σ log σ(±x · y)</c>. All products are taken before anything changes, as Ji et al. 2016 do it: rows stay in registers for six others.
/// </summary>
/// <remarks>
/// Rows are <c>stride</c> elements apart, a multiple of 16 with zeros behind the vector, so that no loop has a rest. Output rows come in sixes; rows that fill
/// up a six have the target <see cref="Nothing"/>, which changes nothing. Of one six each row may be there once, fillers aside. Bound, 256 bits, 100 elements:
/// an input with six outputs takes 84 products-and-sums for the scores and 168 for the changes, about 130 cycles at two each cycle, and six sigmoids.
/// </remarks>
internal static unsafe class NegativeSampling
{
    /// <summary>Output rows that are in registers together.</summary>
    public const int Six = 6;

    /// <summary>The target of a row that only fills up a six.</summary>
    public const int Nothing = -1;

    /// <summary>Elements from a row to the next for vectors of <paramref name="width"/>.</summary>
    public static int Stride(int width) => (width + Lanes.Accumulators - 1) / Lanes.Accumulators * Lanes.Accumulators;

    /// <summary>One step.</summary>
    /// <param name="x">A table of input rows.</param>
    /// <param name="inputs">Which of them, n.</param>
    /// <param name="y">A table of output rows; those listed are changed.</param>
    /// <param name="outputs">Which of them, m, a multiple of six.</param>
    /// <param name="targets">1, 0 or <see cref="Nothing"/> for each output.</param>
    /// <param name="stride">Elements from a row to the next, of all tables.</param>
    /// <param name="rate">η.</param>
    /// <param name="changes">What is to be added to the input rows, [n, stride]; overwritten.</param>
    /// <param name="errors">Room for n · m elements.</param>
    public static void Step(ReadOnlySpan<real> x, ReadOnlySpan<int> inputs, Span<real> y, ReadOnlySpan<int> outputs, ReadOnlySpan<int> targets, int stride, real rate, Span<real> changes, Span<real> errors)
    {
        Check.Same(outputs.Length % Six, 0, "NegativeSampling", "the last six of outputs");
        Check.Same(stride % Lanes.Accumulators, 0, "NegativeSampling", "the stride's rest by 16");
        Check.Same(targets.Length, outputs.Length, "NegativeSampling", "the targets");
        Check.AtLeast(changes.Length, (long)inputs.Length * stride, "NegativeSampling", "the changes");
        Check.AtLeast(errors.Length, (long)inputs.Length * outputs.Length, "NegativeSampling", "the errors");
        RowTables.Inside(inputs, x.Length, stride, "NegativeSampling");
        RowTables.Inside(outputs, y.Length, stride, "NegativeSampling");
        changes[..(inputs.Length * stride)].Clear();
        fixed (real* px = x, py = y, pc = changes, pe = errors)
        fixed (int* pi = inputs, po = outputs, pt = targets)
        {
            var kernel = new Kernel(px, pi, inputs.Length, py, po, outputs.Length, pt, stride, rate, pc, pe);
            Lanes.Run(ref kernel);
        }
    }

    internal readonly struct Kernel(real* x, int* inputs, int n, real* y, int* outputs, int m, int* targets, int stride, real rate, real* changes, real* errors) : ILaneKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>()
            where V : struct, ILane<V>
        {
            for (int six = 0; six < m; six += Six)
                Scores<V>(six);
            Errors<V>();
            for (int six = 0; six < m; six += Six)
                Change<V>(six);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private real* Output(int j) => y + ((nint)outputs[j] * stride);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private real* Input(int i) => x + ((nint)inputs[i] * stride);

        [MethodImpl(Jit.Kernel)]
        private void Scores<V>(int six)
            where V : struct, ILane<V>
        {
            real* a = Output(six), b = Output(six + 1), c = Output(six + 2), d = Output(six + 3), e = Output(six + 4), f = Output(six + 5);
            for (int i = 0; i < n; i++)
            {
                real* p = Input(i), scores = errors + (i * m) + six;
                if (V.Count < 8)
                {
                    for (int j = 0; j < Six; j++)
                    {
                        var dot = new Reduce.BlockKernel<Reduce.Product>(p, Output(six + j), stride);
                        dot.Run<V>();
                        scores[j] = dot.Result;
                    }

                    continue;
                }

                V a0 = default, b0 = default, c0 = default, d0 = default, e0 = default, f0 = default;
                V a1 = default, b1 = default, c1 = default, d1 = default, e1 = default, f1 = default;
                for (int k = 0; k < stride; k += Lanes.Accumulators)
                {
                    V q = V.Load(p + k);
                    V.Accumulate(ref a0, q, V.Load(a + k));
                    V.Accumulate(ref b0, q, V.Load(b + k));
                    V.Accumulate(ref c0, q, V.Load(c + k));
                    V.Accumulate(ref d0, q, V.Load(d + k));
                    V.Accumulate(ref e0, q, V.Load(e + k));
                    V.Accumulate(ref f0, q, V.Load(f + k));
                    if (V.Count == 8)
                    {
                        q = V.Load(p + k + 8);
                        V.Accumulate(ref a1, q, V.Load(a + k + 8));
                        V.Accumulate(ref b1, q, V.Load(b + k + 8));
                        V.Accumulate(ref c1, q, V.Load(c + k + 8));
                        V.Accumulate(ref d1, q, V.Load(d + k + 8));
                        V.Accumulate(ref e1, q, V.Load(e + k + 8));
                        V.Accumulate(ref f1, q, V.Load(f + k + 8));
                    }
                }

                if (V.Count == 8)
                {
                    a0 += a1;
                    b0 += b1;
                    c0 += c1;
                    d0 += d1;
                    e0 += e1;
                    f0 += f1;
                }

                scores[0] = V.Sum(a0);
                scores[1] = V.Sum(b0);
                scores[2] = V.Sum(c0);
                scores[3] = V.Sum(d0);
                scores[4] = V.Sum(e0);
                scores[5] = V.Sum(f0);
            }
        }

        [MethodImpl(Jit.Kernel)]
        private void Errors<V>()
            where V : struct, ILane<V>
        {
            int count = n * m;
            V one = (V)(real)1;
            for (int at = 0; at < count; at += V.Count)
            {
                int some = int.Min(V.Count, count - at);
                V sigmoid = one / (one + V.Exp(-V.LoadPartial(errors + at, some)));
                V.StorePartial(sigmoid, errors + at, some);
            }

            for (int i = 0; i < n; i++)
            {
                real* row = errors + (i * m);
                for (int j = 0; j < m; j++)
                    row[j] = targets[j] < 0 ? 0 : rate * (targets[j] - row[j]);
            }
        }

        [MethodImpl(Jit.Kernel)]
        private void Change<V>(int six)
            where V : struct, ILane<V>
        {
            real* a = Output(six), b = Output(six + 1), c = Output(six + 2), d = Output(six + 3), e = Output(six + 4), f = Output(six + 5);
            real* first = errors + six;
            for (int k = 0; k < stride; k += V.Count)
            {
                V a0 = V.Load(a + k), b0 = V.Load(b + k), c0 = V.Load(c + k), d0 = V.Load(d + k), e0 = V.Load(e + k), f0 = V.Load(f + k);
                V a1 = a0, b1 = b0, c1 = c0, d1 = d0, e1 = e0, f1 = f0;
                real* error = first, change = changes + k;
                for (int i = 0; i < n; i++, error += m, change += stride)
                {
                    V p = V.Load(Input(i) + k), sum = V.Load(change), factor = (V)error[0];
                    V.Accumulate(ref sum, factor, a0);
                    V.Accumulate(ref a1, factor, p);
                    factor = (V)error[1];
                    V.Accumulate(ref sum, factor, b0);
                    V.Accumulate(ref b1, factor, p);
                    factor = (V)error[2];
                    V.Accumulate(ref sum, factor, c0);
                    V.Accumulate(ref c1, factor, p);
                    factor = (V)error[3];
                    V.Accumulate(ref sum, factor, d0);
                    V.Accumulate(ref d1, factor, p);
                    factor = (V)error[4];
                    V.Accumulate(ref sum, factor, e0);
                    V.Accumulate(ref e1, factor, p);
                    factor = (V)error[5];
                    V.Accumulate(ref sum, factor, f0);
                    V.Accumulate(ref f1, factor, p);
                    V.Store(sum, change);
                }

                V.Store(a1, a + k);
                V.Store(b1, b + k);
                V.Store(c1, c + k);
                V.Store(d1, d + k);
                V.Store(e1, e + k);
                V.Store(f1, f + k);
            }
        }
    }
}
