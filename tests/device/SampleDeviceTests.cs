using System;
using NanoFormer.Runtime;
using NanoFormer.Sensors;
using nanoFramework.TestFramework;

namespace NanoFormer.Device.Tests
{
    /// <summary>The way of the samples: 64-bit arithmetic and narrow types on the device's own runtime.</summary>
    [TestClass]
    public class SampleDeviceTests
    {
        [TestMethod]
        public void A_ramp_at_100_hertz_is_a_ramp_of_twice_the_slope_at_50()
        {
            Resampler resampler = new Resampler(new int[] { 0 }, new int[] { 1 << Resampler.FactorBits });
            resampler.SetPeriods(10000000, 20000000);
            short[] input = new short[1];
            short[] output = new short[1];
            int expected = -300;
            for (int i = -300; i < 300; i++)
            {
                input[0] = (short)i;
                resampler.Push(input, 0);
                while (resampler.TryPull(output))
                {
                    Assert.AreEqual(expected, (int)output[0]);
                    expected += 2;
                }
            }

            Assert.AreEqual(300, expected);
        }

        [TestMethod]
        public void Between_two_samples_the_line_is_followed_and_the_ends_saturate()
        {
            Resampler resampler = new Resampler(new int[] { 0 }, new int[] { 2 << Resampler.FactorBits });
            resampler.SetPeriods(4, 1);
            short[] output = new short[1];
            resampler.Push(new short[] { -20000 }, 0);
            Assert.IsTrue(resampler.TryPull(output));
            Assert.AreEqual(-32768, (int)output[0]);
            resampler.Push(new short[] { 20000 }, 0);
            int[] expected = new int[] { -20000, 0, 20000, 32767 };
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.IsTrue(resampler.TryPull(output));
                Assert.AreEqual(expected[i], (int)output[0]);
            }

            Assert.IsFalse(resampler.TryPull(output));
        }

        [TestMethod]
        public void The_slowest_rates_do_not_overflow_and_impossible_ones_are_refused()
        {
            Resampler resampler = new Resampler(new int[] { 0 }, new int[] { 1 << Resampler.FactorBits });
            resampler.SetPeriods(1000000000, 1000000000000);
            short[] output = new short[1];
            int outputs = 0;
            for (int i = 0; i <= 2000; i++)
            {
                resampler.Push(new short[] { 7 }, 0);
                outputs += resampler.TryPull(output) ? 1 : 0;
            }

            Assert.AreEqual(3, outputs);
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => resampler.SetPeriods(0, 1));
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => resampler.SetPeriods(1, 0));
        }

        [TestMethod]
        public void The_sample_clock_learns_a_sensor_that_is_three_percent_slow()
        {
            SampleClock clock = new SampleClock(10000000);
            clock.Restart(0);
            for (int i = 1; i <= 50; i++)
            {
                clock.Observe(40, i * 412000L);
            }

            Assert.AreEqual(10300000, clock.PeriodNanoseconds);
        }

        [TestMethod]
        public void A_still_stretch_sets_the_gyroscopes_bias_to_its_mean()
        {
            GyroBias bias = new GyroBias(100);
            for (int i = 0; i < 128; i++)
            {
                bias.Remove(new short[] { 0, 0, 0, -655, 655, 0 }, 0);
            }

            bias.EndStretch(true);
            Assert.AreEqual(-655, bias.Bias(0));
            Assert.AreEqual(655, bias.Bias(1));
            Assert.AreEqual(0, bias.Bias(2));
        }

        [TestMethod]
        public void Windows_overlap_by_all_but_a_hop()
        {
            SampleWindow window = new SampleWindow(4, 1, 2);
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
            RestNoise noise = new RestNoise();
            short[] samples = new short[] { 82, 0, 8192, 655, 0, -655, -82, 0, 8192, 655, 0, -655 };
            noise.Add(samples, 2);
            Assert.AreEqual(2, noise.Count);
            Assert.AreEqual(10009, noise.DeviationMicroG); // 82 / 8192 g
            Assert.AreEqual(10000, noise.RotationMilliDegrees(0));
            Assert.AreEqual(-10000, noise.RotationMilliDegrees(2));
        }
    }
}
