using System;
using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>The capture that every application shares: wait for a window, recognise it or collect it, bring lost samples back.</summary>
    /// <remarks>The samples themselves stay on the native path; this loop decides and speaks, once per hop.</remarks>
    public sealed class CaptureLoop
    {
        private const int MostGapsInARow = 3;

        private readonly DeviceParts _parts;
        private readonly IMotionSensor _sensor;
        private readonly SensorLink _link;
        private readonly IClock _clock;
        private readonly ChannelMap _map;
        private readonly ICaptureTask _task;
        private readonly int[] _bias = new int[3];
        private Capture _capture;
        private int _fifoBytes;
        private int _patience;
        private int _stillWindows;
        private int _gapsInARow;
        private bool _isCapturing;
        private bool _hasBias;
        private SensorHealth _health;
        private string _fault;
        private bool _mayRevive;
        private long _coveredMicroseconds;
        private long _aheadMicroseconds;

        /// <summary>Sets the capture up for a device's model, or to collect if its settings say so.</summary>
        public CaptureLoop(DeviceParts parts, ChannelMap map)
        {
            _parts = parts;
            _sensor = parts.Sensor;
            _link = parts.Link;
            _clock = parts.Clock;
            _map = map;
            _task = TaskOf(parts);
        }

        /// <summary>Windows since <see cref="Start"/>.</summary>
        public int Windows { get; private set; }

        /// <summary>Whether the first window held motion.</summary>
        public bool MovedAtFirst { get; private set; }

        /// <summary>Whether any window did.</summary>
        public bool MovedAtAll { get; private set; }

        /// <summary>Whether enough windows in a row were still.</summary>
        public bool IsAtRest
        {
            get { return _stillWindows >= _parts.Settings.StillWindows; }
        }

        /// <summary>Whether the sensor answers but does not measure: what was captured tells nothing.</summary>
        public bool IsSensorFrozen
        {
            get { return _fault != null; }
        }

        /// <summary>Bias of the rotation axes in sensor steps, [3].</summary>
        public int[] Bias
        {
            get
            {
                if (_capture != null)
                {
                    _capture.GetBias(_bias);
                }

                return _bias;
            }

            set
            {
                Array.Copy(value, _bias, _bias.Length);
                _hasBias = true;
                if (_capture != null)
                {
                    _capture.SetBias(_bias);
                }
            }
        }

        /// <summary>Starts capturing and logs the wake; false when someone asked to stop meanwhile.</summary>
        /// <param name="cause">Why the host is awake.</param>
        /// <param name="wokeMicroseconds">Clock time at which it woke.</param>
        /// <param name="threshold">Motion threshold in force, or <see cref="InferenceLog.NoThreshold"/>.</param>
        public bool Start(WakeCause cause, long wokeMicroseconds, int threshold)
        {
            if (!_link.RetryUntilOk(_sensor.StartCapture, "capture"))
            {
                return false;
            }

            int temperature;
            if (_sensor.ReadTemperature(out temperature) != SensorStatus.Ok)
            {
                temperature = InferenceLog.NoTemperature;
            }

            Windows = 0;
            MovedAtFirst = false;
            MovedAtAll = false;
            _stillWindows = 0;
            _fault = null;
            _mayRevive = true;
            Begin();
            _parts.Log.Wake(cause, _coveredMicroseconds - wokeMicroseconds, threshold, temperature);
            return true;
        }

        /// <summary>Waits until there is something to do, and does it.</summary>
        public void Step()
        {
            _parts.Ledger.Enter(PowerState.Capture, _clock.Microseconds);
            var found = Wait(_patience);
            _parts.Ledger.Enter(PowerState.Run, _clock.Microseconds);
            if (found == CaptureEvent.Silent)
            {
                Recover(_capture.Facts.Failures > 0 ? SensorStatus.NoAcknowledge : SensorStatus.Stalled);
                return;
            }

            Take(found);
            if (IsSensorFrozen && _mayRevive)
            {
                // A reset cures some; what it does not cure it need not be tried on again.
                _mayRevive = false;
                Recover(SensorStatus.Frozen);
                return;
            }

            if (_gapsInARow >= MostGapsInARow)
            {
                // It is not the content that is wrong but the sensor's settings.
                Recover(SensorStatus.FifoMisaligned);
            }
        }

        /// <summary>Ends the capture: what the ring still holds is answered and told, what is left of a recording is written.</summary>
        public void End()
        {
            if (!_isCapturing)
            {
                return;
            }

            _isCapturing = false;
            _capture.Stop();
            var found = Wait(0);
            while (found == CaptureEvent.Window || (found == CaptureEvent.Gap && _capture.Facts.StartMicroseconds != 0))
            {
                Take(found);
                found = Wait(0);
            }

            _task.End(_capture);
        }

        private static ICaptureTask TaskOf(DeviceParts parts)
        {
            if (parts.Settings.Collect != null)
            {
                return new Collector(parts);
            }

            return new Recognizer(parts);
        }

        // A chip found again may be another one, with another FIFO.
        private void Open()
        {
            var fifo = _sensor.Fifo;
            if (_capture != null && fifo.Bytes == _fifoBytes)
            {
                return;
            }

            var settings = CapturePlan.For(fifo, _parts.Model, _map, _parts.Settings.StillDeviationMilliG);
            int[] bias = Bias;
            _capture = _parts.OpenCapture(settings);
            _health = new SensorHealth(settings.Sources, _sensor.Scale);
            if (_hasBias)
            {
                _capture.SetBias(bias);
            }

            _hasBias = true;
            _fifoBytes = fifo.Bytes;

            // A hop, and the read that may be missing to its end twice over.
            long hop = _parts.Model.HopSamples * 1000000L / _parts.Model.RateMillihertz;
            _patience = (int)hop + (2 * settings.PollMicroseconds / 1000);
        }

        private void Begin()
        {
            Open();
            _capture.Start();
            _isCapturing = true;
            _coveredMicroseconds = _clock.Microseconds;
            _gapsInARow = 0;
            _task.Begin();
        }

        // The capture's clock may have another origin.
        private CaptureEvent Wait(int milliseconds)
        {
            var found = _capture.Wait(milliseconds);
            _aheadMicroseconds = _clock.Microseconds - _capture.Facts.NowMicroseconds;
            _coveredMicroseconds = _capture.Facts.CoveredMicroseconds + _aheadMicroseconds;
            return found;
        }

        private void Take(CaptureEvent found)
        {
            if (found == CaptureEvent.Nothing)
            {
                return;
            }

            var facts = _capture.Facts;
            if (facts.Retries > 0)
            {
                _parts.Log.Error(SensorStatusName.Of(SensorStatus.NoAcknowledge), "burst", facts.Retries);
            }

            if (found == CaptureEvent.Gap)
            {
                TakeGap(facts, facts.StartMicroseconds + _aheadMicroseconds);
                return;
            }

            NoteHealth(facts);
            _gapsInARow = 0;
            _stillWindows = facts.IsStill ? _stillWindows + 1 : 0;
            MovedAtFirst |= !facts.IsStill && Windows == 0;
            MovedAtAll |= !facts.IsStill;
            Windows++;
            _task.TakeWindow(_capture, facts.StartMicroseconds + _aheadMicroseconds, !IsSensorFrozen);
        }

        private void NoteHealth(CaptureFacts facts)
        {
            string fault = _parts.Settings.DetectFrozenSensor ? _health.FaultIn(facts) : null;
            if (fault != null && fault != _fault)
            {
                _parts.Log.Error("frozen_sensor", fault, facts.FrozenValues);
            }

            _fault = fault;
            if (fault == null)
            {
                _link.NoteHealthy();
            }
        }

        // Still windows in a row go on counting over a gap, or a flaky bus would keep the device awake.
        private void TakeGap(CaptureFacts facts, long endMicroseconds)
        {
            // By the sensor's measured period, within what is known for certain.
            long length = endMicroseconds - _coveredMicroseconds;
            long lost = Within(length * 1000 / facts.PeriodNanoseconds, facts.LostAtLeast, facts.LostAtMost);
            long lostMicroseconds = lost * facts.PeriodNanoseconds / 1000;
            length = length > lostMicroseconds ? length : lostMicroseconds;
            _gapsInARow++;
            _task.End(_capture);
            _parts.Log.Gap(CauseOf(facts.Losses), lost, length / 1000, (endMicroseconds - length) / 1000);
            _coveredMicroseconds = endMicroseconds;
            _task.Begin();
        }

        private static long Within(long value, long least, long most)
        {
            if (value < least)
            {
                return least;
            }

            return value > most ? most : value;
        }

        // Brings the samples back and then logs how long they were away.
        private void Recover(SensorStatus status)
        {
            string cause = SensorStatusName.Of(status);
            if (status == SensorStatus.NoAcknowledge)
            {
                _parts.Log.Error(cause, "read", _capture.Facts.Failures);
            }

            End();
            long covered = _coveredMicroseconds;
            long period = _capture.Facts.PeriodNanoseconds;
            _parts.Log.Error("sensor_reset", cause);
            _link.Reconnect();
            if (!_link.RetryUntilOk(_sensor.StartCapture, "capture"))
            {
                return;
            }

            Begin();
            long gap = _coveredMicroseconds - covered;
            _parts.Log.Gap(cause, ((gap * 1000) + (period / 2)) / period, gap / 1000, covered / 1000);
        }

        private static string CauseOf(CaptureLosses losses)
        {
            if ((losses & (CaptureLosses.FifoOverflow | CaptureLosses.RingFull)) != 0)
            {
                return SensorStatusName.Of(SensorStatus.FifoOverflow);
            }

            if ((losses & CaptureLosses.Misaligned) != 0)
            {
                return SensorStatusName.Of(SensorStatus.FifoMisaligned);
            }

            return SensorStatusName.Of(SensorStatus.NoAcknowledge);
        }
    }
}
