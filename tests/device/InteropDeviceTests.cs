using System;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;
using nanoFramework.TestFramework;

namespace NanoFormer.Device.Tests
{
    /// <summary>What Interop does without its native half.</summary>
    [TestClass]
    public class InteropDeviceTests
    {
        [TestMethod]
        public void An_engine_status_becomes_an_exception_with_its_name_and_reason()
        {
            var refused = new TransformerException(-6);
            Assert.AreEqual(-6, refused.Status);
            Assert.AreEqual("BAD_CHECKSUM", refused.StatusName);
            Assert.AreEqual("BAD_CHECKSUM: " + EngineStatus.TextOf(-6), refused.Message);
            Assert.AreEqual("BAD_CHECKSUM", TransformerException.NameOf(refused));
            Assert.AreEqual("ArgumentException", TransformerException.NameOf(new ArgumentException()));
            Assert.AreEqual("UNKNOWN_STATUS", EngineStatus.NameOf(1));
        }

        [TestMethod]
        public void Every_status_has_a_name_of_its_own()
        {
            for (int status = EngineStatus.NoTestVectors; status <= 0; status++)
            {
                Assert.AreNotEqual("UNKNOWN_STATUS", EngineStatus.NameOf(status));
                for (int other = status + 1; other <= 0; other++)
                {
                    Assert.AreNotEqual(EngineStatus.NameOf(other), EngineStatus.NameOf(status));
                }
            }
        }

        [TestMethod]
        public void A_models_numbers_are_where_the_engine_puts_them()
        {
            var model = Model("acc_x", "g");
            Assert.AreEqual(0xDEADBEEFu, model.Crc32);
            Assert.AreEqual(50000, model.RateMillihertz);
            Assert.AreEqual(128, model.WindowSamples);
            Assert.AreEqual(64, model.HopSamples);
            Assert.AreEqual(1, model.ChannelCount);
            Assert.AreEqual(2, model.OutputCount);
        }

        [TestMethod]
        public void Channels_of_a_model_find_their_sensor_values_or_are_refused()
        {
            var map = ChannelMap.ForModel(Model("acc_y", "g"), Scale);
            Assert.AreEqual(1, map.Sources[0]);
            Assert.AreEqual(1 << 16, map.Factors[0]); // both have 8192 steps per g
            Assert.IsNull(ChannelMap.ForModel(Model("voltage_x", "V"), Scale));
            Assert.IsNull(ChannelMap.ForModel(Model("gyro_x", "rad/s"), Scale));
        }

        private static SensorScale Scale
        {
            get { return new SensorScale(1 << 30, -12, 1171914384, -11); }
        }

        private static ModelInfo Model(string channel, string unit)
        {
            int[] numbers = new int[ModelNumbers.Count];
            numbers[ModelNumbers.Crc32] = -559038737; // 0xDEADBEEF
            numbers[ModelNumbers.RateMillihertz] = 50000;
            numbers[ModelNumbers.WindowSamples] = 128;
            numbers[ModelNumbers.HopSamples] = 64;
            numbers[ModelNumbers.ChannelCount] = 1;
            numbers[ModelNumbers.OutputCount] = 2;
            numbers[ModelNumbers.LabelCount] = 2;
            return new ModelInfo(
                "model",
                numbers,
                new string[] { "A", "B" },
                new string[] { channel },
                new string[] { unit },
                new int[] { 1 << 30 },
                new int[] { -12 });
        }
    }
}
