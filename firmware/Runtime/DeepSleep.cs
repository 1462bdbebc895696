using System;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>Keeps the program's state over a deep sleep, and takes it up again when the program starts out of one.</summary>
    public sealed class DeepSleep
    {
        private readonly DeviceParts _parts;
        private readonly byte[] _bytes;

        /// <summary>Uses a device's parts.</summary>
        public DeepSleep(DeviceParts parts)
        {
            _parts = parts;
            _bytes = new byte[parts.Sensor.KeptBytes];
        }

        /// <summary>What is kept; the application fills in its own part before <see cref="Enter"/>.</summary>
        public RetainedState State { get; } = new RetainedState();

        /// <summary>False once the board has shown that it cannot sleep deeply.</summary>
        public bool IsAvailable { get; private set; } = true;

        /// <summary>Length of the deep sleep that ended with the program's start, in milliseconds; -1 when there was none.</summary>
        public long SleptMilliseconds { get; private set; } = -1;

        /// <summary>
        /// Takes up the state when the program starts out of a deep sleep: clock, ledger, log and alarm go on. False when it does not, or when
        /// the sensor was reset meanwhile.
        /// </summary>
        public bool TryResume()
        {
            if (_parts.Power.StartCause == StartCause.PowerOn
                || _parts.Link.Try(Identify, "identify") != SensorStatus.Ok
                || _parts.Link.Try(ReadState, "read_state") != SensorStatus.Ok
                || !State.TryRead(_bytes))
            {
                return false;
            }

            Forget();
            long fellAsleep = State.Milliseconds * 1000;
            SleptMilliseconds = State.SleptMilliseconds(_parts.Power.RealTimeMilliseconds);
            _parts.Clock.PutForward(fellAsleep + (SleptMilliseconds * 1000));
            _parts.Ledger.Resume(fellAsleep, _parts.Clock.Microseconds);
            _parts.Log.Resume(State.Sequence);
            _parts.Alarms.Resume(State.Alarm);
            return true;
        }

        /// <summary>Keeps the state and powers down, see <see cref="IPower.PowerDown"/>; the sensor must not be reset after.</summary>
        public bool Enter(int timeoutMilliseconds, bool untilInterrupt)
        {
            State.Milliseconds = _parts.Clock.Microseconds / 1000;
            State.RealTimeMilliseconds = _parts.Power.RealTimeMilliseconds;
            State.Sequence = _parts.Log.Sequence;
            State.Alarm = _parts.Alarms.State;
            State.Write(_bytes);
            if (!IsAvailable || _parts.Link.Try(WriteState, "write_state") != SensorStatus.Ok)
            {
                return false;
            }

            IsAvailable = _parts.Power.PowerDown(timeoutMilliseconds, untilInterrupt);
            if (!IsAvailable)
            {
                _parts.Log.Error("no_deep_sleep", "sleeping_lightly");
            }

            return IsAvailable;
        }

        // A program that starts a second time without a deep sleep, as after a failure, must not take the state for fresh.
        private void Forget()
        {
            Array.Clear(_bytes, 0, _bytes.Length);
            _parts.Link.Try(WriteState, "write_state");
        }

        private SensorStatus Identify()
        {
            return _parts.Sensor.Identify();
        }

        private SensorStatus ReadState()
        {
            return _parts.Sensor.Recall(_bytes);
        }

        private SensorStatus WriteState()
        {
            return _parts.Sensor.Keep(_bytes);
        }
    }
}
