using System.Globalization;
using System.Runtime.Intrinsics;

namespace Inkling.Numerics.Tests;

/// <summary>
/// The suite runs again with instruction sets switched off. INKLING_EXPECT_LANES (512, 256, 128 or 1) makes sure that the switch worked.
/// </summary>
public sealed class LanesInUseTests
{
    [Fact]
    public void The_lane_width_in_use_is_the_expected_one()
    {
        string? expected = Environment.GetEnvironmentVariable("INKLING_EXPECT_LANES");
        int widest = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 1;
        Assert.Equal(widest, Inkling.Numerics.Lanes.Bits);
        if (!string.IsNullOrEmpty(expected))
            Assert.Equal(int.Parse(expected, CultureInfo.InvariantCulture), Inkling.Numerics.Lanes.Bits);
    }
}
