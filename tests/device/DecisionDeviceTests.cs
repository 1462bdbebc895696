using System;
using NanoFormer.Runtime;
using nanoFramework.TestFramework;

namespace NanoFormer.Device.Tests
{
    /// <summary>What is made of the model's outputs, and what is kept over a deep sleep.</summary>
    [TestClass]
    public class DecisionDeviceTests
    {
        [TestMethod]
        public void An_unsure_answer_is_unknown_and_one_odd_window_is_outvoted()
        {
            var gate = new ConfidenceGate(500, 3);
            Assert.AreEqual(128, gate.Threshold);
            gate.Judge(new sbyte[] { -1, -128 });
            Assert.AreEqual(ConfidenceGate.Unknown, gate.Answer);
            Assert.AreEqual(127, gate.Confidence);
            gate.Restart();
            gate.Judge(new sbyte[] { 100, -128 });
            gate.Judge(new sbyte[] { 100, -128 });
            gate.Judge(new sbyte[] { -128, 100 });
            Assert.AreEqual(0, gate.Answer);
            Assert.AreEqual(1, gate.Own);
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => new ConfidenceGate(500, 0));
        }

        [TestMethod]
        public void A_posture_lasts_until_a_movement()
        {
            var gate = new ConfidenceGate(0, 1, new PostureMemory(6, 3));
            sbyte[] sitting = new sbyte[] { -128, 100, -128 };
            sbyte[] standing = new sbyte[] { -128, -128, 60 };
            gate.Judge(sitting);
            gate.Judge(standing);
            Assert.AreEqual(1, gate.Answer);
            Assert.AreEqual(2, gate.Own);
            gate.Judge(standing, 3, true);
            Assert.AreEqual(2, gate.Answer);
        }

        [TestMethod]
        public void Scores_are_kept_apart_from_classes()
        {
            var layout = new OutputLayout(2, 4, -28);
            var gate = new ConfidenceGate(0, 1);
            sbyte[] output = new sbyte[] { -100, -90, 127, 3 };
            gate.Judge(output, layout.ClassCount);
            Assert.AreEqual(1, gate.Top);
            Assert.AreEqual(255, layout.ScoreOf(output));
            Assert.AreEqual(100, layout.AlarmScore);
        }

        [TestMethod]
        public void An_alarm_needs_two_windows_in_a_row_to_come_and_to_go()
        {
            var monitor = new AlarmMonitor(100, new AlarmRules { Windows = 2 });
            int[] scores = new int[] { 100, 99, 100, 255, 99, 100, 99, 0 };
            bool[] expected = new bool[] { false, false, false, true, true, true, true, false };
            for (int i = 0; i < scores.Length; i++)
            {
                monitor.Observe(scores[i]);
                Assert.AreEqual(expected[i], monitor.IsRaised);
            }
        }

        [TestMethod]
        public void What_is_usual_on_an_installation_is_told_from_its_first_samples()
        {
            short[] samples = new short[200];
            for (int i = 0; i < 100; i++)
            {
                samples[2 * i] = (short)((i * 37) % 100); // 0..99 in another order
                samples[(2 * i) + 1] = -7;
            }

            var baseline = new ChannelBaseline(samples, 100, 2, new int[] { 0, 4 });
            short[] normalized = new short[2];
            baseline.Normalize(new short[] { 9, 9, 80, -3 }, 2, normalized);
            Assert.AreEqual(256, (int)normalized[1]);
            Assert.IsTrue(normalized[0] > 245 && normalized[0] < 262);
            var again = new ChannelBaseline(baseline.ToNumbers());
            Assert.AreEqual(baseline.Normalize(0, -500), again.Normalize(0, -500));
            var block = new BlockAverage(2, 2);
            Assert.IsFalse(block.Add(new short[] { 3, -3 }));
            Assert.IsTrue(block.Add(new short[] { 4, -4 }));
            Assert.AreEqual(4, (int)block.Mean[0]);
            Assert.AreEqual(-4, (int)block.Mean[1]);
        }

        [TestMethod]
        public void The_motion_threshold_learns_from_false_and_from_missed_wakes()
        {
            var threshold = new MotionThreshold(20, 2);
            Assert.IsFalse(threshold.LearnFromMotionWake(false));
            Assert.IsTrue(threshold.LearnFromMotionWake(false));
            Assert.AreEqual(31, threshold.Value);
            Assert.IsTrue(threshold.LearnFromTimerWake(true));
            Assert.AreEqual(23, threshold.Value);
        }

        [TestMethod]
        public void A_kept_state_comes_back_and_a_changed_one_does_not()
        {
            var state = new RetainedState
            {
                Milliseconds = 0xAB12345678,
                RealTimeMilliseconds = 1700000000123,
                Sequence = 65535,
                Threshold = 200,
                FalseWakes = 2,
                Bias = new int[] { -1312, 0, 1312 },
                Alarm = 54,
            };
            byte[] bytes = new byte[RetainedState.Size];
            state.Write(bytes);
            var read = new RetainedState();
            Assert.IsTrue(read.TryRead(bytes));
            Assert.AreEqual(0xAB12345678, read.Milliseconds);
            Assert.AreEqual(65535, read.Sequence);
            Assert.AreEqual(200, read.Threshold);
            Assert.AreEqual(2, read.FalseWakes);
            CollectionAssert.AreEqual(new int[] { -1312, 0, 1312 }, read.Bias);
            Assert.AreEqual(54, read.Alarm);
            long slept = read.SleptMilliseconds(1700000000123 + 600000);
            Assert.IsTrue(slept > 599983 && slept < 600017);
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] ^= 0x10;
                Assert.IsFalse(read.TryRead(bytes));
                bytes[i] ^= 0x10;
            }
        }
    }
}
