using System.Globalization;

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
        if (string.IsNullOrEmpty(expected))
            Assert.Skip("INKLING_EXPECT_LANES is not set; the width in use is " + Inkling.Numerics.Lanes.Bits + ".");
        Assert.Equal(int.Parse(expected, CultureInfo.InvariantCulture), Inkling.Numerics.Lanes.Bits);
    }
}
