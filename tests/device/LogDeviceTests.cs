using NanoFormer.Interop;
using NanoFormer.Runtime;
using nanoFramework.TestFramework;

namespace NanoFormer.Device.Tests
{
    /// <summary>The log's lines; their checksums were computed with Python, binascii.crc_hqx(line, 0xFFFF).</summary>
    [TestClass]
    public class LogDeviceTests
    {
        [TestMethod]
        public void The_published_check_value_comes_out()
        {
            Assert.AreEqual(0x29B1, Crc16.Of("123456789", 0, 9));
        }

        [TestMethod]
        public void Lines_are_as_the_format_says()
        {
            var clock = new ManualClock { Microseconds = 1234999 };
            var lines = new LineRecorder();
            var log = new InferenceLog(lines, clock, "test/1", 50);
            log.Error("nack", "read");
            log.Error("a b=c*", "read", long.MinValue);
            Assert.AreEqual(3, lines.Count);
            Assert.AreEqual("nf1 head seq=0 t_ms=1234 schema=1 fw=test/1 model=none *52A0", lines[0]);
            Assert.AreEqual("nf1 error seq=1 t_ms=1234 code=nack detail=read *DE38", lines[1]);
            Assert.AreEqual("nf1 error seq=2 t_ms=1234 code=a_b_c_ detail=read value=-9223372036854775808 *240E", lines[2]);
        }

        [TestMethod]
        public void A_wake_shows_what_was_known()
        {
            var lines = new LineRecorder();
            var log = new InferenceLog(lines, new ManualClock(), "test/1", 50);
            log.Wake(WakeCause.Motion, 50200, 20, -1234);
            log.Wake(WakeCause.Armed, 7, InferenceLog.NoThreshold, InferenceLog.NoTemperature);
            var motion = LogLine.Parse(lines[1]);
            var armed = LogLine.Parse(lines[2]);
            Assert.AreEqual("motion", motion.Text("cause"));
            Assert.AreEqual(20L, motion.Number("threshold", -1));
            Assert.AreEqual(-1234L, motion.Number("temp_cc", 0));
            Assert.AreEqual("armed", armed.Text("cause"));
            Assert.IsNull(armed.Text("threshold"));
            Assert.IsNull(armed.Text("temp_cc"));
        }

        [TestMethod]
        public void A_line_is_read_back_whatever_surrounds_it_and_any_change_is_noticed()
        {
            const string Line = "nf1 error seq=7 t_ms=1234 code=nack detail=read *A685";
            Assert.AreEqual(7L, LogLine.Parse("rst:0x1 (POWERON) " + Line + "\r").Number("seq", -1));
            for (int i = 0; i < Line.Length; i++)
            {
                Assert.IsNull(LogLine.Parse(Line.Substring(0, i) + "~" + Line.Substring(i + 1)));
            }
        }

        [TestMethod]
        public void The_sleep_record_shows_deep_sleep_only_where_there_was_some()
        {
            var lines = new LineRecorder();
            var log = new InferenceLog(lines, new ManualClock(), "test/1", 50);
            var ledger = new EnergyLedger(0, null);
            ledger.Enter(PowerState.Sleep, 1500);
            ledger.Enter(PowerState.Run, 61500);
            log.Sleep(ledger);
            ledger.Resume(61500, 600061500);
            log.Sleep(ledger);
            var light = LogLine.Parse(lines[1]);
            var deep = LogLine.Parse(lines[2]);
            Assert.AreEqual(1L, light.Number("run_ms", -1));
            Assert.AreEqual(60L, light.Number("sleep_ms", -1));
            Assert.IsNull(light.Text("deep_ms"));
            Assert.AreEqual(600000L, deep.Number("deep_ms", -1));
        }
    }
}
