using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>Sums over listed rows of tables, rows <c>stride</c> elements apart.</summary>
internal static unsafe class RowTables
{
    /// <summary><c>sum = factor · Σᵢ table[rows[i]]</c>.</summary>
    public static void Sum(ReadOnlySpan<real> table, ReadOnlySpan<int> rows, int stride, real factor, Span<real> sum)
    {
        Check.Same(sum.Length, stride, "RowTables.Sum", "the sum");
        Inside(rows, table.Length, stride, "RowTables.Sum");
        fixed (real* pt = table, ps = sum)
        fixed (int* list = rows)
        {
            var kernel = new SumKernel(pt, list, rows.Length, stride, factor, ps);
            Lanes.Run(ref kernel);
        }
    }

    /// <summary><c>table[rows[i]] ← table[rows[i]] + changes[i]</c>, in order, so that a row may be there more than once; or + <c>changes[0]</c> for all where there is but one.</summary>
    public static void Add(ReadOnlySpan<real> changes, Span<real> table, ReadOnlySpan<int> rows, int stride)
    {
        Inside(rows, table.Length, stride, "RowTables.Add");
        bool shared = changes.Length < 2 * stride;
        Check.AtLeast(changes.Length, shared ? stride : (long)rows.Length * stride, "RowTables.Add", "the changes");
        fixed (real* pt = table, pc = changes)
        fixed (int* list = rows)
        {
            var kernel = new AddKernel(pc, shared ? 0 : stride, pt, list, rows.Length, stride);
            Lanes.Run(ref kernel);
        }
    }

    /// <summary>Throws unless all rows lie in a table of so many elements.</summary>
    public static void Inside(ReadOnlySpan<int> rows, int elements, int stride, string operation)
    {
        uint count = (uint)(elements / stride);
        foreach (int row in rows)
        {
            if ((uint)row >= count)
                throw new ArgumentException($"{operation}: there is no row {row}; the table has {count}.");
        }
    }

    private readonly struct SumKernel(real* table, int* rows, int count, int stride, real factor, real* sum) : ILaneKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>()
            where V : struct, ILane<V>
        {
            for (int k = 0; k < stride; k += V.Count)
            {
                int some = int.Min(V.Count, stride - k);
                V total = default;
                for (int i = 0; i < count; i++)
                    total += V.LoadPartial(table + ((nint)rows[i] * stride) + k, some);
                V.StorePartial((V)factor * total, sum + k, some);
            }
        }
    }

    private readonly struct AddKernel(real* changes, int step, real* table, int* rows, int count, int stride) : ILaneKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>()
            where V : struct, ILane<V>
        {
            real* change = changes;
            for (int i = 0; i < count; i++, change += step)
            {
                real* row = table + ((nint)rows[i] * stride);
                for (int k = 0; k < stride; k += V.Count)
                {
                    int some = int.Min(V.Count, stride - k);
                    V.StorePartial(V.LoadPartial(row + k, some) + V.LoadPartial(change + k, some), row + k, some);
                }
            }
        }
    }
}
