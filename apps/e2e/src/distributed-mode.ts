// For the project of Jest that runs the journeys on separate processes.
process.env['ANJU_JOURNEY_MODE'] = 'distributed';
