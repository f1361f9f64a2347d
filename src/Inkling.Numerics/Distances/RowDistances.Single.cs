using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// Products and distances of one vector with many rows, of float32 or float16, listed or one after the other. The cosine is the product of
/// normalised ones.
/// </summary>
internal static unsafe class RowDistances
{
    /// <summary><c>result[i] = offset + factor · Σⱼ vector[j] · row(places[i])[j]</c>.</summary>
    public static void Dot(ReadOnlySpan<float> vector, Rows rows, ReadOnlySpan<int> places, Affine map, Span<float> result) =>
        Listed<Reduce.Product, SingleElement>(vector, rows, places, map, result);

    /// <summary>The same of rows <paramref name="first"/> and following, as many as there are results.</summary>
    public static void Dot(ReadOnlySpan<float> vector, Rows rows, int first, Affine map, Span<float> result) =>
        Following<Reduce.Product, SingleElement>(vector, rows, first, map, result);

    /// <summary><c>result[i] = offset + factor · Σⱼ (vector[j] − row(places[i])[j])²</c>.</summary>
    public static void SquaredL2(ReadOnlySpan<float> vector, Rows rows, ReadOnlySpan<int> places, Affine map, Span<float> result) =>
        Listed<SquaredDifference, SingleElement>(vector, rows, places, map, result);

    /// <summary>The same of rows <paramref name="first"/> and following, as many as there are results.</summary>
    public static void SquaredL2(ReadOnlySpan<float> vector, Rows rows, int first, Affine map, Span<float> result) =>
        Following<SquaredDifference, SingleElement>(vector, rows, first, map, result);

    /// <summary><see cref="Dot(ReadOnlySpan{float}, Rows, ReadOnlySpan{int}, Affine, Span{float})"/> with rows of finite float16.</summary>
    public static void HalfDot(ReadOnlySpan<float> vector, Rows rows, ReadOnlySpan<int> places, Affine map, Span<float> result) =>
        Listed<Reduce.Product, HalfElement>(vector, rows, places, map, result);

    /// <summary>The same of rows <paramref name="first"/> and following, as many as there are results.</summary>
    public static void HalfDot(ReadOnlySpan<float> vector, Rows rows, int first, Affine map, Span<float> result) =>
        Following<Reduce.Product, HalfElement>(vector, rows, first, map, result);

    /// <summary><see cref="SquaredL2(ReadOnlySpan{float}, Rows, ReadOnlySpan{int}, Affine, Span{float})"/> with rows of finite float16.</summary>
    public static void HalfSquaredL2(ReadOnlySpan<float> vector, Rows rows, ReadOnlySpan<int> places, Affine map, Span<float> result) =>
        Listed<SquaredDifference, HalfElement>(vector, rows, places, map, result);

    /// <summary>The same of rows <paramref name="first"/> and following, as many as there are results.</summary>
    public static void HalfSquaredL2(ReadOnlySpan<float> vector, Rows rows, int first, Affine map, Span<float> result) =>
        Following<SquaredDifference, HalfElement>(vector, rows, first, map, result);

    private static void Listed<TTerm, TElement>(ReadOnlySpan<float> vector, Rows rows, ReadOnlySpan<int> places, Affine map, Span<float> result)
        where TTerm : struct, Reduce.ITerm
        where TElement : struct, IRowElement
    {
        Check.AtLeast(result.Length, places.Length, "RowDistances", "the result");
        fixed (float* px = vector, py = result)
        fixed (int* list = places)
        {
            var kernel = new RowSums<TTerm, TElement, ListedPlaces>(px, vector.Length, rows, new ListedPlaces(list), places.Length, map, py);
            Lanes.Run(ref kernel);
        }
    }

    private static void Following<TTerm, TElement>(ReadOnlySpan<float> vector, Rows rows, int first, Affine map, Span<float> result)
        where TTerm : struct, Reduce.ITerm
        where TElement : struct, IRowElement
    {
        fixed (float* px = vector, py = result)
        {
            var kernel = new RowSums<TTerm, TElement, FollowingPlaces>(px, vector.Length, rows, new FollowingPlaces(first), result.Length, map, py);
            Lanes.Run(ref kernel);
        }
    }

    /// <summary><c>(a − b)²</c>.</summary>
    internal readonly struct SquaredDifference : Reduce.ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Add<V>(V sum, V a, V b)
            where V : struct, ILane<V>
        {
            V difference = a - b;
            return V.MulAdd(difference, difference, sum);
        }
    }
}
