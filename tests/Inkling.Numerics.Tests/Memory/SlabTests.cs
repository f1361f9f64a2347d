namespace Inkling.Numerics.Tests;

public sealed unsafe class SlabTests
{
    [Fact]
    public void A_slab_is_aligned_zeroed_and_stays_where_it_is()
    {
        for (int length = 0; length < 200; length++)
        {
            var slab = new Slab(length);
            nint address = (nint)slab.Pointer;
            Assert.Equal(0, address % 64);
            Assert.Equal(length, slab.Span.Length);
            Assert.Equal(-1, slab.Span.IndexOfAnyExcept(0f));
            slab.Span.Fill(1);
            GC.Collect(0);
            Assert.Equal(address, (nint)slab.Pointer);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new Slab(-1));
    }
}
