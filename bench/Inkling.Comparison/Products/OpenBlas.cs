using System.Globalization;
using System.Runtime.InteropServices;

namespace Inkling.Comparison;

/// <summary>
/// OpenBLAS's <c>cblas_sgemm</c> as a peer: answers <c>check</c> with a checksum and <c>time</c> with the seconds of one product
/// (<see cref="ProductCase.Question"/>). Operands and timing are the code that ours is timed with.
/// </summary>
internal static unsafe class OpenBlas
{
    public const string Role = "openblas";

    private const int RowMajor = 101, Plain = 111, Transposed = 112;
    private const string Missing = "OpenBLAS is not installed. On Debian: apt-get install libopenblas0-pthread";

    private static delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> s_sgemm;

    /// <summary>Answers until standard input ends.</summary>
    public static void Serve(int threads)
    {
        nint library = NativeLibrary.TryLoad("libopenblas.so.0", out nint handle) || NativeLibrary.TryLoad("libopenblas.so", out handle)
            ? handle
            : throw new PeerMissingException(Missing);
        s_sgemm = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)NativeLibrary.GetExport(library, "cblas_sgemm");
        Console.WriteLine($"{Config(library)}, {threads} thread{(threads == 1 ? "" : "s")}");
        (ProductCase Case, Operands Operands)? last = null;
        while (Console.ReadLine() is { } line)
        {
            (string verb, ProductCase one, double seconds) = ProductCase.Read(line);
            if (last?.Case != one)
                last = (one, new Operands(one));
            Operands operands = last.Value.Operands;
            Action multiply = () => Multiply(one, operands);
            if (verb == "check")
                multiply();
            double answer = verb == "check" ? operands.Checksum().Sum : ProductTimer.Median(multiply, seconds, Clocks.For(threads));
            // The library's threads fall asleep before anybody else is timed (PeerProcess.Role).
            if (threads > 1)
                Thread.Sleep(3);
            Console.WriteLine(answer.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    private static void Multiply(ProductCase one, Operands operands) => s_sgemm(
        RowMajor, one.TransposeA ? Transposed : Plain, one.TransposeB ? Transposed : Plain, one.M, one.N, one.K,
        1, operands.A.Pointer, one.StrideA, operands.B.Pointer, one.StrideB, 0, operands.C.Pointer, one.N);

    private static string Config(nint library)
    {
        var config = (delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "openblas_get_config");
        return Marshal.PtrToStringUTF8((nint)config())!.Trim();
    }
}
