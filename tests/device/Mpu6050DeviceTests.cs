using NanoFormer.Sensors;
using nanoFramework.TestFramework;

namespace NanoFormer.Device.Tests
{
    /// <summary>The driver against a bus of registers.</summary>
    [TestClass]
    public class Mpu6050DeviceTests
    {
        [TestMethod]
        public void Known_identities_are_accepted_and_others_are_not()
        {
            int[] known = new int[] { 0x68, 0x70, 0x71, 0x72, 0x73, 0x74, 0x98, 0xAE, 0xAF, 0x11, 0x12, 0x19 };
            for (int id = 0; id < 256; id++)
            {
                bool isKnown = false;
                for (int i = 0; i < known.Length; i++)
                {
                    isKnown |= known[i] == id;
                }

                var bus = new RegisterBus();
                bus.Registers[0x75] = (byte)id;
                var sensor = SensorOn(bus);
                // Two parts that answer at once pull bits of the id down: what has only bits of the right one may be two.
                bool mayBeTwo = (id | 0x68) == 0x68;
                var expected = isKnown ? SensorStatus.Ok : mayBeTwo ? SensorStatus.SharedAddress : SensorStatus.UnknownChip;
                Assert.AreEqual((int)expected, (int)sensor.Identify());
                Assert.AreEqual(id, sensor.LastId);
            }
        }

        [TestMethod]
        public void An_empty_bus_is_no_exception()
        {
            var bus = new RegisterBus { IsPresent = false };
            var sensor = SensorOn(bus);
            Assert.AreEqual((int)SensorStatus.NoAcknowledge, (int)sensor.Identify());
            Assert.AreEqual((int)SensorStatus.NoAcknowledge, (int)sensor.Configure());
        }

        [TestMethod]
        public void Watching_for_motion_latches_the_pin_and_ends_in_cycle_mode()
        {
            var bus = new RegisterBus();
            var sensor = SensorOn(bus);
            sensor.Identify();
            Assert.AreEqual((int)SensorStatus.Ok, (int)sensor.SleepUntilMotion(20));
            Assert.AreEqual(20, (int)bus.Registers[0x1F]);
            Assert.AreEqual(0x20, (int)bus.Registers[0x37]); // latch
            Assert.AreEqual(0x40, (int)bus.Registers[0x38]); // motion interrupt
            Assert.AreEqual(0x0F, (int)bus.Registers[0x1C]); // +-4 g, reference held
            Assert.AreEqual(0x47, (int)bus.Registers[0x6C]); // 5 Hz, gyroscopes off
            Assert.AreEqual((0x6B * 256) + 0x20, (int)bus.Writes[bus.Writes.Count - 1]); // cycle, last of all
        }

        [TestMethod]
        public void A_chip_with_a_threshold_per_axis_gets_all_three()
        {
            var bus = new RegisterBus();
            bus.Registers[0x75] = 0x98;
            var sensor = SensorOn(bus);
            sensor.Identify();
            Assert.AreEqual((int)SensorStatus.Ok, (int)sensor.SleepUntilMotion(20));
            for (int axis = 0; axis < 3; axis++)
            {
                Assert.AreEqual(20, (int)bus.Registers[0x20 + axis]);
            }

            Assert.AreEqual(0xC0, (int)bus.Registers[0x69]); // compare with the sample before
            Assert.AreEqual(0xE0, (int)bus.Registers[0x38]); // motion on each axis
            bool moved;
            bus.Registers[0x3A] = 0x20; // on Z
            Assert.AreEqual((int)SensorStatus.Ok, (int)sensor.ReadMotion(out moved));
            Assert.IsTrue(moved);
        }

        [TestMethod]
        public void What_is_kept_in_the_sensor_comes_back()
        {
            var sensor = SensorOn(new RegisterBus());
            byte[] kept = new byte[sensor.KeptBytes];
            for (int i = 0; i < kept.Length; i++)
            {
                kept[i] = (byte)(251 * (i + 1));
            }

            byte[] read = new byte[sensor.KeptBytes];
            Assert.AreEqual((int)SensorStatus.Ok, (int)sensor.Keep(kept));
            Assert.AreEqual((int)SensorStatus.Ok, (int)sensor.Recall(read));
            CollectionAssert.AreEqual(kept, read);
        }

        [TestMethod]
        public void The_temperature_follows_the_register_map_of_each_family()
        {
            Assert.AreEqual(3653, Mpu6050Chip.FromId(0x68).CentiCelsius(0)); // 36.53
            Assert.AreEqual(2477, Mpu6050Chip.FromId(0x68).CentiCelsius(-4000)); // -4000 / 340 + 36.53
            Assert.AreEqual(2100, Mpu6050Chip.FromId(0x70).CentiCelsius(0)); // 21
            Assert.AreEqual(2500, Mpu6050Chip.FromId(0x98).CentiCelsius(0)); // 25
            Assert.AreEqual(3000, Mpu6050Chip.FromId(0x19).CentiCelsius(1634)); // 1634 / 326.8 + 25
        }

        private static Mpu6050 SensorOn(RegisterBus bus)
        {
            return new Mpu6050(bus, new ManualClock(), 100);
        }
    }
}
