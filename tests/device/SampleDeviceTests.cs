using System;
using NanoFormer.Runtime;
using NanoFormer.Sensors;
using nanoFramework.TestFramework;

namespace NanoFormer.Device.Tests
{
    /// <summary>Windows of other sensors, and a sensor's noise: 64-bit arithmetic and narrow types on the device's own runtime.</summary>
    [TestClass]
    public class SampleDeviceTests
    {
        [TestMethod]
        public void Windows_overlap_by_all_but_a_hop()
        {
            var window = new SampleWindow(4, 1, 2);
            for (int i = 0; i < 6; i++)
            {
                if (window.IsFull)
                {
                    window.Advance();
                }

                window.Add(new short[] { (short)i, (short)-i });
            }

            CollectionAssert.AreEqual(new short[] { 2, -2, 3, -3, 4, -4, 5, -5 }, window.Samples);
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => new SampleWindow(4, 5, 1));
        }

        [TestMethod]
        public void Noise_at_rest_is_told_in_millionths_of_a_g()
        {
            var noise = new RestNoise(new SensorScale(1 << 30, -12, 1171914384, -11));
            short[] samples = new short[] { 82, 0, 8192, 655, 0, -655, -82, 0, 8192, 655, 0, -655 };
            noise.Add(samples, 2);
            Assert.AreEqual(2, noise.Count);
            Assert.AreEqual(10009, noise.DeviationMicroG); // 82 / 8192 g
            Assert.AreEqual(10000, noise.RotationMilliDegrees(0));
            Assert.AreEqual(-10000, noise.RotationMilliDegrees(2));
        }
    }
}
