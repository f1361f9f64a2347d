namespace Inkling.Comparison;

/// <summary>
/// The products of the sweeps: those of the layers that this library trains, forward and backward, and odd sizes that find the edges
/// of every tile.
/// </summary>
internal static class ProductCases
{
    /// <summary>All cases, each once.</summary>
    public static IReadOnlyList<ProductCase> All { get; } = [.. Layers().Concat(Recurrence()).Concat(Attention()).Concat(Convolution()).Concat(Cubes()).Concat(Odd()).Distinct()];

    /// <summary>
    /// A layer y = x Wᵀ of rows × inputs → outputs takes three products: forward NT, gradient of the input NN, gradient of the weight TN.
    /// </summary>
    private static IEnumerable<ProductCase> Layer(int rows, int inputs, int outputs) =>
    [
        new(rows, outputs, inputs, TransposeB: true),
        new(rows, inputs, outputs),
        new(outputs, inputs, rows, TransposeA: true),
    ];

    private static IEnumerable<ProductCase> Layers() =>
    [
        .. Layer(10, 2, 8), .. Layer(10, 8, 8), .. Layer(10, 8, 1),                 // the playground's network
        .. Layer(64, 784, 256), .. Layer(64, 256, 128), .. Layer(64, 128, 10),      // digits
        .. Layer(32, 300, 100), .. Layer(128, 1000, 7),                             // classifiers of text and tables
        .. Layer(256, 512, 8192),                                                   // a chunk of a vocabulary
        .. Layer(2048, 512, 256), .. Layer(2048, 256, 1024),                        // projection; the inner layer of a transformer
    ];

    /// <summary>An LSTM of 512: the inputs of all steps at once, one step, and the gradient of the recurrent weight.</summary>
    private static IEnumerable<ProductCase> Recurrence() =>
    [
        .. Layer(2048, 256, 2048),
        .. Layer(64, 512, 2048),
        new(32, 2048, 256, TransposeB: true), new(32, 2048, 512, TransposeB: true), new(32, 512, 2048),
        new(16, 2048, 512, TransposeB: true), new(16, 512, 2048),
        new(1, 2048, 512, TransposeB: true), new(1, 512, 2048), new(1, 2048, 2048), new(4, 1024, 512, TransposeB: true),
        new(2048, 512, 2048, TransposeA: true),
        new(2048, 2048, 512), new(2048, 2048, 512, TransposeB: true),
    ];

    /// <summary>One head: scores Q Kᵀ, mixture P V, gradient Pᵀ dY; and the three projections in one.</summary>
    private static IEnumerable<ProductCase> Attention() =>
    [
        new(128, 128, 64, TransposeB: true), new(128, 64, 128), new(128, 64, 128, TransposeA: true),
        new(256, 256, 32, TransposeB: true), new(256, 32, 256),
        new(2048, 768, 256, TransposeB: true),
    ];

    /// <summary>Filters × patches of an image (im2col), as in 28 × 28 digits.</summary>
    private static IEnumerable<ProductCase> Convolution() =>
    [
        new(16, 784, 9), new(16, 9, 784, TransposeB: true), new(9, 784, 16, TransposeA: true),
        new(32, 196, 144), new(32, 144, 196, TransposeB: true), new(144, 196, 32, TransposeA: true),
    ];

    private static IEnumerable<ProductCase> Cubes() =>
    [
        new(8, 8, 8), new(16, 16, 16), new(32, 32, 32), new(64, 64, 64), new(128, 128, 128), new(256, 256, 256),
        new(512, 512, 512), new(512, 512, 512, TransposeB: true), new(512, 512, 512, TransposeA: true),
        new(1024, 1024, 1024), new(1024, 1024, 1024, TransposeB: true), new(1024, 1024, 1024, TransposeA: true),
        new(2048, 2048, 2048),
    ];

    private static IEnumerable<ProductCase> Odd() =>
    [
        new(33, 77, 129), new(33, 77, 129, TransposeB: true), new(33, 77, 129, TransposeA: true),
        new(7, 1000, 3), new(7, 1000, 3, TransposeB: true), new(1000, 7, 3, TransposeA: true),
        new(65, 127, 255, TransposeB: true), new(127, 255, 65, TransposeA: true),
        new(17, 31, 13), new(17, 31, 13, TransposeB: true),
        new(333, 555, 777), new(333, 555, 777, TransposeB: true), new(333, 555, 777, TransposeA: true),
        new(1, 1, 2048, TransposeB: true), new(2048, 1, 512), new(1, 2048, 1), new(2048, 1, 1), new(511, 3, 513), new(3, 513, 511, TransposeB: true),
        new(1999, 101, 61), new(61, 1999, 101, TransposeB: true),
    ];
}
